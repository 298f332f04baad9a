import { retentionPolicySchema } from '@stowage/contracts';
import { parseReference, parseTagName } from '@stowage/oci';
import { beforeEach, describe, expect, it } from 'vitest';
import { PullLog } from '../src/registry/pull-log.js';
import type { RepositoryRecord } from '../src/registry/repository-store.js';
import { ManifestStore } from '../src/registry/manifest-store.js';
import { moveTag } from '../src/registry/tag-store.js';
import { type DoomedTag, RetentionDeletion } from '../src/retention/retention-deletion.js';
import { RetentionEffect } from '../src/retention/retention-effect.js';
import { RetentionJudgement } from '../src/retention/retention-judgement.js';
import { RetentionPolicyStore } from '../src/retention/retention-policy-store.js';
import { RetentionResults } from '../src/retention/retention-results.js';
import { RetentionSchedule } from '../src/retention/retention-schedule.js';
import { ImmutabilityStore } from '../src/tag-rules/immutability-store.js';
import {
  aBlob,
  anImage,
  anIndex,
  createRepository,
  createTenant,
  pushImageRows,
  pushRows,
  REVIEW_DELAY,
  storeBlob,
  type Tenant,
  type TestImage,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const RUN = '00000000-0000-4000-8000-000000000001';
const NEVER = retentionPolicySchema.parse({ rules: [{ tags: ['*'], keep: { kind: 'never' } }] });
let tenant: Tenant;
let repository: RepositoryRecord;

const policies = () => new RetentionPolicyStore(opened.database);
const scope = () =>
  ({
    kind: 'namespace',
    id: tenant.namespace.id,
    namespaceId: tenant.namespace.id,
    name: tenant.namespace.name,
  }) as const;
const setPolicy = (policy: typeof NEVER | null = NEVER) => policies().set(scope(), policy, tenant.actor);
const judgement = async (policy = NEVER) => new RetentionJudgement(opened.database).judge(repository, policy);
const effect = () => new RetentionEffect(opened.database);
const held = () => ({ namespaceId: tenant.namespace.id, repositoryId: repository.id });
const tagNames = async () =>
  (await opened.database.run((db) => db.tag.findMany({ where: { repositoryId: repository.id } })))
    .map(({ name }) => name)
    .toSorted();

async function doomed(policy = NEVER): Promise<DoomedTag[]> {
  const { tags, verdicts } = await judgement(policy);
  return tags.filter((_, at) => verdicts[at]?.verdict === 'delete').map((tag) => ({ ...tag, rule: 0 }));
}

async function clean(tags: readonly DoomedTag[], policy = NEVER, trashSeconds = 0) {
  const stored = await policies().find(scope());
  const policyUpdatedAt = stored?.updatedAt ?? new Date(0);
  const deletion = new RetentionDeletion(opened.database, { trashSeconds, delay: REVIEW_DELAY });
  return deletion.delete({ runId: RUN, repository, scope: scope(), policy, policyUpdatedAt, tags });
}
const outcomes = async () => {
  const page = { repository: undefined, run: undefined, last: null, limit: 100 };
  const rows = await new RetentionResults(opened.database).list(tenant.namespace.id, page);
  return Object.fromEntries(rows.map(({ tag, outcome }) => [tag, outcome]));
};
const sizeOf = (image: TestImage) => image.bytes.length + image.blobs.reduce((sum, { size }) => sum + size, 0);

beforeEach(async () => {
  tenant = await createTenant(opened.database);
  repository = await createRepository(opened.database, `${tenant.namespace.name}/app`);
});

describe('what a policy lets go', () => {
  it('is deleted as people delete tags: with its event, its review and its audit row', async () => {
    await setPolicy();
    const images = [anImage(), anImage()];
    for (const [at, image] of images.entries()) {
      await pushImageRows(opened.database, repository, image, { tags: [`v${at}`] });
    }
    const done = await clean(await doomed());
    expect(done).toMatchObject({ kind: 'done', deleted: [{ name: 'v0' }, { name: 'v1' }] });
    expect(await tagNames()).toEqual([]);
    const where = { repositoryId: repository.id };
    const reviews = await opened.database.run((db) => db.manifestReview.findMany({ where }));
    expect(new Set(reviews.map(({ digest }) => digest))).toEqual(new Set(images.map(({ digest }) => digest)));
    const events = await opened.database.run((db) => db.tagEvent.findMany({ where: { ...where, digest: null } }));
    expect(events.map(({ name, previousDigest }) => [name, previousDigest])).toEqual(
      images.map(({ digest }, at) => [`v${at}`, digest]),
    );
    const audit = await opened.database.run((db) =>
      db.auditEvent.findMany({
        where: { action: 'tag.delete', namespaceId: tenant.namespace.id },
        orderBy: { target: 'asc' },
      }),
    );
    expect(audit).toMatchObject(
      images.map(({ digest }, at) => ({
        target: `${repository.name}:v${at}`,
        detail: { digest, run: RUN, rule: '*' },
      })),
    );
    expect(await outcomes()).toEqual({ v0: 'deleted', v1: 'deleted' });
  });

  it('waits in the trash, if there is one, from where people restore it', async () => {
    await setPolicy();
    await pushImageRows(opened.database, repository, anImage(), { tags: ['v1'] });
    await clean(await doomed(), NEVER, 60);
    const where = { namespaceId: tenant.namespace.id };
    expect(await opened.database.run((db) => db.trashEntry.findMany({ where }))).toMatchObject([{ name: 'v1' }]);
  });

  it('stays when it was pushed, pulled, made immutable or put into an index since it was judged (R4)', async () => {
    const policy = { ...NEVER, guards: { latest: true, inIndex: true, pulledWithinDays: 1 } };
    await setPolicy(policy);
    const names = ['moved', 'again', 'pulled', 'fixed', 'child', 'gone', 'old'];
    const images = new Map(names.map((name) => [name, anImage()]));
    for (const [name, image] of images) await pushImageRows(opened.database, repository, image, { tags: [name] });
    const seen = await doomed(policy);
    await pushImageRows(opened.database, repository, anImage(), { tags: ['moved'] });
    await pushRows(opened.database, repository, images.get('again')!, { tags: ['again'] });
    const pulls = new PullLog(opened.database);
    pulls.note(repository.name, images.get('pulled')!.digest);
    await pulls.flush();
    const rule = { repositories: ['**'], tags: ['fixed'], except: [] };
    await new ImmutabilityStore(opened.database).setOfNamespace(tenant.namespace, [rule], tenant.actor);
    await pushRows(opened.database, repository, anIndex([images.get('child')!]), { tags: ['index'] });
    await opened.database.run((db) => db.tag.deleteMany({ where: { repositoryId: repository.id, name: 'gone' } }));
    await clean(seen, policy);
    expect(await outcomes()).toEqual({
      moved: 'changed',
      again: 'changed',
      pulled: 'pulled',
      fixed: 'immutable',
      child: 'in-index',
      old: 'deleted',
    });
    expect(await tagNames()).toEqual(['again', 'child', 'fixed', 'index', 'moved', 'pulled']);
  });

  it('waits for a push that holds the tag, and then leaves it (R4)', async () => {
    await setPolicy();
    const [old, fresh] = [anImage(), anImage()];
    await pushImageRows(opened.database, repository, old, { tags: ['v1'] });
    await pushImageRows(opened.database, repository, fresh);
    const seen = await doomed();
    const [moved, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const pushing = opened.database.statements(async (tx) => {
      const { digest } = fresh;
      await moveTag(tx, { repository, tag: parseTagName('v1'), digest, actor: tenant.actor, expected: undefined });
      moved.resolve();
      await mayEnd.promise;
    });
    await moved.promise;
    const cleaning = clean(seen);
    await expect.poll(waitingForALock).toBe(1);
    mayEnd.resolve();
    await Promise.all([pushing, cleaning]);
    expect((await new ManifestStore(opened.database).find(repository.name, parseReference('v1')))?.digest).toBe(
      fresh.digest,
    );
    expect(await outcomes()).toEqual({ v1: 'changed' });
  });

  it('stays when the policy was changed since', async () => {
    await setPolicy();
    await pushImageRows(opened.database, repository, anImage(), { tags: ['v1'] });
    const seen = await doomed();
    const before = (await policies().find(scope()))!.updatedAt;
    await setPolicy({ ...NEVER, rules: [] });
    const deletion = new RetentionDeletion(opened.database, { trashSeconds: 60, delay: REVIEW_DELAY });
    const batch = { runId: RUN, repository, scope: scope(), policy: NEVER, policyUpdatedAt: before, tags: seen };
    expect(await deletion.delete(batch)).toEqual({ kind: 'outdated' });
    expect(await tagNames()).toEqual(['v1']);
  });
});

describe('what would be freed', () => {
  it('is what only the tags that go hold: layers, manifests, children and referrers', async () => {
    const shared = aBlob(1000);
    const [one, two, staying] = [anImage({ layers: [shared] }), anImage({ layers: [shared] }), anImage()];
    for (const [at, image] of [one, two, staying].entries()) {
      await pushImageRows(opened.database, repository, image, { tags: [`t${at}`] });
    }
    const child = anImage();
    await pushImageRows(opened.database, repository, child);
    const index = anIndex([child]);
    await pushRows(opened.database, repository, index, { tags: ['multi'] });
    const subject = { mediaType: index.mediaType, digest: index.digest, size: index.bytes.length };
    const signature = anImage({ extra: { subject } });
    await pushImageRows(opened.database, repository, signature);
    const going = ['t0', 't1', 'multi'].map(parseTagName);
    const apart = sizeOf(one) + sizeOf(two) - shared.size;
    const multi = index.bytes.length + sizeOf(child) + sizeOf(signature);
    expect(await effect().freedBytes(held(), going)).toBe(apart + multi);
    expect(await effect().freedBytes(held(), [parseTagName('t0')])).toBe(sizeOf(one) - shared.size);
    const exclusive = await effect().exclusiveBytes(held(), [one.digest, two.digest, index.digest, child.digest]);
    expect(exclusive).toEqual(
      new Map([
        [one.digest, sizeOf(one) - shared.size],
        [two.digest, sizeOf(two) - shared.size],
        [index.digest, multi],
      ]),
    );
  });

  it('is nothing that another tag or another repository of the namespace holds', async () => {
    const image = anImage();
    await pushImageRows(opened.database, repository, image, { tags: ['a', 'b'] });
    expect(await effect().freedBytes(held(), [parseTagName('a')])).toBe(0);
    expect(await effect().freedBytes(held(), ['a', 'b'].map(parseTagName))).toBe(sizeOf(image));
    const other = await createRepository(opened.database, `${tenant.namespace.name}/other`);
    await storeBlob(opened.database, other, image.blobs[1]!);
    const left = sizeOf(image) - image.blobs[1]!.size;
    expect(await effect().freedBytes(held(), ['a', 'b'].map(parseTagName))).toBe(left);
  });
});

describe('pulls', () => {
  it('are remembered by manifest and to the hour', async () => {
    const image = anImage();
    await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
    const pulls = new PullLog(opened.database);
    const at = (minutes: number) => new Date(Date.UTC(2026, 5, 1, 12, minutes));
    for (const minutes of [0, 30, 90]) {
      pulls.note(repository.name, image.digest, at(minutes));
      pulls.note(repository.name, anImage().digest, at(minutes));
      await pulls.flush();
      const pulledAt = (await judgement()).tags[0]?.pulledAt;
      expect(pulledAt).toEqual(minutes === 90 ? at(90) : at(0));
    }
  });
});

describe('a schedule', () => {
  it('starts one run of a policy that is due, and says when the next one is', async () => {
    await setPolicy({ ...NEVER, schedule: '0 3 * * *' });
    const schedule = new RetentionSchedule(opened.database);
    const { nextRunAt } = (await policies().find(scope()))!;
    expect(nextRunAt!.getTime()).toBeGreaterThan(Date.now());
    const where = { namespaceId: tenant.namespace.id };
    const runs = () => opened.database.run((db) => db.jobRun.findMany({ where }));
    await schedule.startDue(10);
    expect(await runs()).toEqual([]);
    await opened.database.run((db) => db.namespaceRetention.update({ where, data: { nextRunAt: new Date(0) } }));
    await Promise.all([schedule.startDue(10), schedule.startDue(10)]);
    expect(await runs()).toMatchObject([
      { kind: 'retention', target: 'all repositories', payload: { ...where, repositoryId: null } },
    ]);
    expect((await policies().find(scope()))!.nextRunAt).toEqual(nextRunAt);
    const [run] = await runs();
    expect(await schedule.startNow(scope(), tenant.owner.id)).toEqual({ id: run!.id, isNew: false });
  });
});

async function waitingForALock(): Promise<number> {
  const [row] = await opened.database.prepared<{ waiting: number }>(
    'waiting',
    `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    [],
  );
  return row?.waiting ?? 0;
}
