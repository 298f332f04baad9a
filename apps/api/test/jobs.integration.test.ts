import { jobRunDetailSchema, jobRunSchema, scheduledJobSchema } from '@stowage/contracts';
import { defineRun, prepareQueue, RunFailure, RunWorker } from '@stowage/jobs';
import { JobRunClaims, type NewJobRun, ScheduledTurns, startJobRun } from '@stowage/metadata';
import { silentLogger } from '@stowage/telemetry';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
let administrator: SignedIn;
let owner: SignedIn;
let namespaceId: string;

beforeAll(async () => {
  [administrator, owner] = [await signUp(opened), await signUp(opened)];
  const { username } = administrator;
  await opened.database.run((db) => db.user.update({ where: { username }, data: { isAdmin: true } }));
  namespaceId = (await opened.database.run((db) => db.namespace.findUniqueOrThrow({ where: { name: owner.username } })))
    .id;
});

async function aRun(run: Partial<NewJobRun> = {}): Promise<string> {
  const common = { kind: 'bulk-delete', payload: {}, namespaceId, target: 'app', requestedBy: owner.id };
  return (await opened.database.statements((tx) => startJobRun(tx, { ...common, ...run }))).id;
}

/** Takes the runs of one kind; what it does is the test's. */
function aWorker(kind: string, run: (signal: AbortSignal) => Promise<void>): void {
  const kinds = [
    defineRun({
      kind,
      payload: z.object({}),
      maxAttempts: 1,
      changesContent: true,
      run: async (_, { signal }) => run(signal),
    }),
  ];
  const claims = new JobRunClaims(opened.database);
  const worker = new RunWorker({
    claims,
    kinds,
    logger: silentLogger,
    concurrency: 1,
    saveEveryMs: 50,
    pollEveryMs: 50,
  });
  onTestFinished(() => worker.stop());
  worker.start();
}

const ofNamespace = () => `/namespaces/${owner.username}/jobs`;
const get = async (line: string, { cookie }: SignedIn) => opened.ask(`GET ${line}`, { cookie });
const wish = async (line: string, { cookie }: SignedIn, kind: string) =>
  opened.ask(`PATCH ${line}`, { cookie, body: { wish: kind } });
const eventually = async (check: () => Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 50 });
const auditOf = async (action: string) =>
  opened.database.run((db) => db.auditEvent.findMany({ where: { action }, orderBy: { id: 'desc' }, take: 1 }));

describe('the runs of a namespace', () => {
  it('are seen by its maintainers, with what they did, and by nobody else', async () => {
    const id = await aRun();
    const { status, json } = await get(`${ofNamespace()}/${id}`, owner);
    expect(status).toBe(200);
    expect(jobRunDetailSchema.parse(json)).toMatchObject({
      id,
      namespace: owner.username,
      requestedBy: owner.username,
      state: 'queued',
      log: [],
      cause: null,
    });
    expect((await get(`${ofNamespace()}/${id}`, administrator)).status).toBe(404);
    expect((await get(`/namespaces/${administrator.username}/jobs/${id}`, administrator)).status).toBe(404);
    expect((await get('/admin/jobs', owner)).status).toBe(403);
  });

  it('are listed page by page, the newest first, and by kind and state', async () => {
    const ids = [await aRun({ kind: 'recount' }), await aRun({ kind: 'recount' }), await aRun({ kind: 'recount' })];
    const first = await get(`${ofNamespace()}?kind=recount&limit=2`, owner);
    const cursor = String(first.json['nextCursor']);
    const second = await get(`${ofNamespace()}?kind=recount&limit=2&cursor=${cursor}`, owner);
    const seen = [first, second].flatMap(({ json }) =>
      z
        .array(jobRunSchema)
        .parse(json['items'])
        .map(({ id }) => id),
    );
    expect(seen).toEqual(ids.toReversed());
    expect((await get(`${ofNamespace()}?kind=recount&state=failed`, owner)).json['items']).toEqual([]);
    const everywhere = await get(`/admin/jobs?kind=recount&namespace=${owner.username}&state=queued`, administrator);
    expect(everywhere.json['items']).toHaveLength(3);
  });
});

describe('what people ask of a run', () => {
  it('is done, with an audit row, or answered with why not', async () => {
    const id = await aRun();
    const line = `${ofNamespace()}/${id}`;
    expect((await wish(line, owner, 'resume')).status).toBe(409);
    expect((await wish(line, owner, 'pause')).json).toMatchObject({ state: 'paused' });
    expect(await auditOf('job.pause')).toMatchObject([
      {
        namespaceId,
        target: 'app',
        actorName: owner.username,
        detail: { kind: 'bulk-delete', before: { state: 'queued' }, after: { state: 'paused' } },
      },
    ]);
    expect((await wish(line, owner, 'resume')).json).toMatchObject({ state: 'queued' });
    expect((await wish(line, owner, 'cancel')).json).toMatchObject({ state: 'cancelled' });
    expect((await wish(line, owner, 'cancel')).status).toBe(409);
    expect((await wish(line, owner, 'retry')).json).toMatchObject({ state: 'queued', finishedAt: null });
  });

  it('reaches the worker that is at it, whoever asked', async () => {
    const begun = Promise.withResolvers<void>();
    aWorker('long-work', async (signal) => {
      begun.resolve();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    });
    const id = await aRun({ kind: 'long-work' });
    await begun.promise;
    expect((await wish(`/admin/jobs/${id}`, administrator, 'cancel')).json).toMatchObject({
      state: 'running',
      asked: 'cancel',
    });
    await eventually(async () =>
      expect((await get(`/admin/jobs/${id}`, administrator)).json).toMatchObject({ state: 'cancelled' }),
    );
  });

  it('does not start the same work twice', async () => {
    const id = await aRun({ key: 'recount of everything' });
    await wish(`/admin/jobs/${id}`, administrator, 'cancel');
    await aRun({ key: 'recount of everything' });
    expect((await wish(`/admin/jobs/${id}`, administrator, 'retry')).status).toBe(409);
  });
});

describe('a run that has failed', () => {
  it('is counted until somebody dismisses it; its cause is for administrators', async () => {
    aWorker('fails', async () => {
      throw new RunFailure('The rule is gone.', { cause: new Error('row 17 of another tenant') });
    });
    const failures = async () =>
      ((await get('/admin/overview', administrator)).json['jobs'] as { failed: number }).failed;
    const before = await failures();
    const id = await aRun({ kind: 'fails' });
    await eventually(async () =>
      expect((await get(`${ofNamespace()}/${id}`, owner)).json).toMatchObject({
        state: 'failed',
        error: 'The rule is gone.',
        cause: null,
      }),
    );
    expect((await get(`/admin/jobs/${id}`, administrator)).json).toMatchObject({
      cause: 'Error: row 17 of another tenant',
      log: [{ isWarning: true, message: 'Attempt 1 of 1 failed: The rule is gone.' }],
    });
    expect(await failures()).toBe(before + 1);
    expect((await wish(`/admin/jobs/${id}`, administrator, 'dismiss')).status).toBe(200);
    expect((await wish(`/admin/jobs/${id}`, administrator, 'dismiss')).status).toBe(409);
    expect(await failures()).toBe(before);
  });
});

describe('scheduled jobs', () => {
  it('are listed with their last turn, paused, resumed, and run now, each with an audit row', async () => {
    const { connectionString } = opened;
    await prepareQueue(connectionString, silentLogger);
    const turns = new ScheduledTurns(opened.database);
    await turns.arrive({ name: 'collect-garbage', everySeconds: 5, changesContent: true });
    await turns.begin('collect-garbage');
    await turns.succeed('collect-garbage', { collected: 7 });
    const line = '/admin/scheduled-jobs/collect-garbage';
    const { cookie } = administrator;
    const list = (await get('/admin/scheduled-jobs', administrator)).json['items'] as unknown[];
    expect(scheduledJobSchema.parse(list[0])).toMatchObject({
      name: 'collect-garbage',
      outcome: 'succeeded',
      result: { collected: 7 },
      durationSeconds: expect.any(Number),
      isRunning: false,
    });
    const paused = await opened.ask(`PATCH ${line}`, { cookie, body: { paused: true } });
    expect(paused.json).toMatchObject({ pausedAt: expect.any(String) });
    expect(await auditOf('scheduled-job.pause')).toMatchObject([{ target: 'collect-garbage', namespaceId: null }]);
    expect((await opened.ask(`PATCH ${line}`, { cookie, body: { paused: false } })).json).toMatchObject({
      pausedAt: null,
    });
    expect((await opened.ask(`POST ${line}/turns`, { cookie })).status).toBe(202);
    const queued = await opened.database.prepared('test_turn', 'SELECT key FROM graphile_worker.jobs', []);
    expect(queued).toEqual([{ key: 'schedule:collect-garbage' }]);
    expect(await auditOf('scheduled-job.run')).toMatchObject([{ actorName: administrator.username }]);
    expect((await opened.ask('POST /admin/scheduled-jobs/nothing/turns', { cookie })).status).toBe(404);
    expect((await opened.ask('PATCH /admin/scheduled-jobs/nothing', { cookie, body: { paused: true } })).status).toBe(
      404,
    );
  });
});
