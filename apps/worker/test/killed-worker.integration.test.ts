import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { bulkFilterSchema } from '@stowage/contracts';
import { BulkRuns, BulkSelection, Deletions, JobRuns, RetainedRepositories } from '@stowage/metadata';
import {
  anImage,
  chargedTo,
  createRepository,
  createTenant,
  pushImageRows,
  recount,
  TRASH,
} from '@stowage/metadata/testing';
import { expect, it, onTestFinished } from 'vitest';
import { deleteByFilter } from '../src/runs/delete-by-filter.js';
import { runBench } from './support/run-bench.js';

const TAGS = 1_200;
const filter = bulkFilterSchema.parse({ tags: ['pr-*'] });

/**
 * Another process with a worker, which says `stalled` when its second part of the tags is gone, and not yet written as done;
 * there it stays. A plain process runs what is built: `npm test` builds first.
 */
async function workerThatStalls(connectionString: string): Promise<{ kill(): Promise<void> }> {
  const script = `
    import { RunWorker } from '@stowage/jobs';
    import { BulkSelection, Database, Deletions, JobRunClaims, RetainedRepositories } from '@stowage/metadata';
    import { deleteByFilter } from ${JSON.stringify(new URL('../dist/runs/delete-by-filter.js', import.meta.url).href)};
    const database = new Database({ connectionString: ${JSON.stringify(connectionString)} });
    let parts = 0;
    class Stalling extends Deletions {
      async tags(deletion) {
        const gone = await super.tags(deletion);
        parts += 1;
        if (parts < 2) return gone;
        console.log('stalled');
        return new Promise(() => {});
      }
    }
    const kind = deleteByFilter({
      repositories: new RetainedRepositories(database),
      selection: new BulkSelection(database),
      deletions: new Stalling(database, ${JSON.stringify(TRASH)}),
    });
    const ignore = () => {};
    const logger = { debug: ignore, info: ignore, warn: console.error, error: console.error };
    const claims = new JobRunClaims(database);
    new RunWorker({ claims, kinds: [kind], logger, concurrency: 1, saveEveryMs: 50, pollEveryMs: 50 }).start();
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = await Promise.race([once(child.stdout, 'data'), ended]);
  expect(String(said[0]).trim()).toBe('stalled');
  return {
    kill: async () => {
      child.kill('SIGKILL');
      expect(await ended).toEqual([null, 'SIGKILL']);
    },
  };
}

it('a run whose worker process is killed is taken up from its cursor by another, and nothing is done twice (X5, I6)', async () => {
  const bench = await runBench();
  const { database } = bench;
  const { namespace, actor } = await createTenant(database);
  const repository = await createRepository(database, `${namespace.name}/app`);
  const image = anImage();
  await pushImageRows(database, repository, image, { tags: ['v1'] });
  await database.run(
    (db) => db.$executeRaw`
      INSERT INTO tag (repository_id, name, digest)
      SELECT ${repository.id}::uuid, 'pr-' || lpad(n::text, 4, '0'), ${image.digest}
      FROM generate_series(1, ${TAGS}) AS n`,
  );
  const { id } = await new BulkRuns(database).delete(repository, filter, actor);
  const lost = await workerThatStalls(bench.connectionString);
  const row = () => database.run((db) => db.jobRun.findUniqueOrThrow({ where: { id } }));
  const cursor = { part: 'tags', after: 'pr-0500' };
  await expect.poll(row, { timeout: 60_000 }).toMatchObject({ state: 'running', cursor });
  await lost.kill();
  expect(await row()).toMatchObject({ state: 'running', cursor, attempts: 1 });
  expect(await database.run((db) => db.tag.count())).toBe(TAGS + 1 - 1_000);

  // The end of the lease, without the wait for it.
  await database.run((db) => db.$executeRaw`UPDATE job_run SET due_at = now() - interval '1 second'`);
  const began: string[] = [];
  bench.work([
    deleteByFilter({
      repositories: new RetainedRepositories(database),
      selection: new (class extends BulkSelection {
        override async tags(...args: Parameters<BulkSelection['tags']>) {
          began.push(args[2]);
          return super.tags(...args);
        }
      })(database),
      deletions: new Deletions(database, TRASH),
    }),
  ]);
  await bench.reaches(id, 'succeeded');
  expect(began).toEqual(['pr-0500']);
  expect(await row()).toMatchObject({ attempts: 2 });
  const lines = await new JobRuns(database).logOf(id);
  expect(lines.map(({ message }) => message)).toEqual([
    'The worker that was at it is gone; another one goes on from where it was.',
  ]);
  const left = await database.run((db) => db.tag.findMany());
  expect(left.map(({ name }) => name)).toEqual(['v1']);
  expect(await database.run((db) => db.trashEntry.count({ where: { runId: id } }))).toBe(TAGS);
  expect(await database.run((db) => db.auditEvent.count({ where: { action: 'tag.delete' } }))).toBe(TAGS);
  expect(await chargedTo(database, namespace.id)).toEqual(await recount(database, namespace.id));
}, 240_000);
