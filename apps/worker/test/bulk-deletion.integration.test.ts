import { bulkFilterSchema } from '@stowage/contracts';
import {
  BulkRuns,
  BulkSelection,
  Deletions,
  ImmutabilityStore,
  JobRuns,
  RetainedRepositories,
  type RepositoryRecord,
} from '@stowage/metadata';
import {
  anImage,
  anIndex,
  chargedTo,
  createRepository,
  createTenant,
  pushImageRows,
  pushRows,
  recount,
  type Tenant,
  TRASH,
} from '@stowage/metadata/testing';
import { describe, expect, it } from 'vitest';
import { deleteByFilter } from '../src/runs/delete-by-filter.js';
import { restoreRun } from '../src/runs/restore-run.js';
import { type RunBench, runBench } from './support/run-bench.js';

const BUILDS = 1_200;
const OLD_DAYS = 60;
const filter = bulkFilterSchema.parse({ tags: ['pr-*'], untagged: true, olderThanDays: 30 });
/** Of the builds every hundredth is immutable. */
const isHeld = (name: string) => /^pr-\d+00$/.test(name);

interface Scene {
  readonly bench: RunBench;
  readonly tenant: Tenant;
  readonly repository: RepositoryRecord;
  readonly runs: BulkRuns;
  /** Tags and their digests. */
  tags(): Promise<Record<string, string>>;
  /** Manifests that are not in the trash. */
  images(): Promise<string[]>;
  audits(action: string): Promise<number>;
  /** The kind, with something to do after each step of its deletions. */
  deletionKind(afterStep?: () => Promise<void>): ReturnType<typeof deleteByFilter>;
}

/** Old builds on one image, old ones with images of their own, young ones, others; and images without tags. */
async function aScene(): Promise<Scene> {
  const bench = await runBench();
  const { database } = bench;
  const tenant = await createTenant(database);
  const repository = await createRepository(database, `${tenant.namespace.name}/app`);
  const [shared, young, child] = [anImage(), anImage(), anImage()];
  await pushImageRows(database, repository, shared, { tags: ['v1', 'pr-young'] });
  for (const tag of ['pr-own-1', 'pr-own-2', 'pr-own-3']) {
    await pushImageRows(database, repository, anImage(), { tags: [tag] });
  }
  for (const image of [anImage(), anImage(), young, child]) await pushImageRows(database, repository, image);
  await pushRows(database, repository, anIndex([child]), { tags: ['multi'] });
  await database.run(async (db) => {
    await db.$executeRaw`
      INSERT INTO tag (repository_id, name, digest)
      SELECT ${repository.id}::uuid, 'pr-' || lpad(n::text, 4, '0'), ${shared.digest}
      FROM generate_series(1, ${BUILDS}) AS n`;
    await db.$executeRaw`UPDATE tag SET updated_at = now() - make_interval(days => ${OLD_DAYS}) WHERE name <> 'pr-young'`;
    await db.$executeRaw`
      UPDATE manifest SET pushed_at = now() - make_interval(days => ${OLD_DAYS}) WHERE digest <> ${young.digest}`;
  });
  const held = [{ repositories: ['**'], tags: ['pr-*00'], except: [] }];
  await new ImmutabilityStore(database).setOfNamespace(tenant.namespace, held, tenant.actor);
  const where = { repositoryId: repository.id };
  return {
    bench,
    tenant,
    repository,
    runs: new BulkRuns(database),
    tags: async () => {
      const rows = await database.run((db) => db.tag.findMany({ where, orderBy: { name: 'asc' } }));
      return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
    },
    images: async () => {
      const rows = await database.run((db) =>
        db.manifest.findMany({ where: { ...where, deletedAt: null }, orderBy: { digest: 'asc' } }),
      );
      return rows.map(({ digest }) => digest);
    },
    audits: async (action) => database.run((db) => db.auditEvent.count({ where: { action } })),
    deletionKind: (afterStep = async () => undefined) =>
      deleteByFilter({
        repositories: new RetainedRepositories(database),
        selection: new BulkSelection(database),
        deletions: new (class extends Deletions {
          override async tags(...args: Parameters<Deletions['tags']>) {
            const gone = await super.tags(...args);
            await afterStep();
            return gone;
          }
          override async manifest(...args: Parameters<Deletions['manifest']>) {
            const outcome = await super.manifest(...args);
            await afterStep();
            return outcome;
          }
        })(database, TRASH),
      }),
  };
}

const expectNoDrift = async ({ bench: { database }, tenant: { namespace } }: Scene) =>
  expect(await chargedTo(database, namespace.id)).toEqual(await recount(database, namespace.id));

describe('deletion by filter', () => {
  it('goes on where it was stopped, spares what is immutable, and all of it comes back together (X5, I6)', async () => {
    const scene = await aScene();
    const { bench, runs, repository, tenant } = scene;
    const [tagsBefore, imagesBefore] = [await scene.tags(), await scene.images()];
    const spared = Object.keys(tagsBefore).filter((name) => isHeld(name) || ['multi', 'pr-young', 'v1'].includes(name));
    const deleted = Object.keys(tagsBefore).length - spared.length;

    // Paused after the first part of the tags, and again after the first image.
    let steps = 0;
    bench.work([
      bench.pausable((pause) =>
        scene.deletionKind(async () => {
          steps += 1;
          if (steps === 1 || steps === 4) await pause();
        }),
      ),
    ]);
    const { id } = await runs.delete(repository, filter, tenant.actor);
    const firstPart = (await bench.reaches(id, 'paused')).counters['deletedTags'] ?? 0;
    expect(firstPart).toBeGreaterThan(0);
    expect(firstPart).toBeLessThan(deleted);
    expect(Object.keys(await scene.tags())).toHaveLength(Object.keys(tagsBefore).length - firstPart);
    await expectNoDrift(scene);
    await bench.resume(id);
    expect((await bench.reaches(id, 'paused')).counters).toMatchObject({ deletedTags: deleted, deletedImages: 1 });
    await bench.resume(id);
    // Two images without a tag from the beginning, three that lost their only one.
    const { counters } = await bench.reaches(id, 'succeeded');
    expect(counters).toEqual({ deletedTags: deleted, keptTags: BUILDS / 100, deletedImages: 5 });
    expect(steps).toBe(8);
    expect(Object.keys(await scene.tags())).toEqual(spared);
    expect(await scene.images()).toHaveLength(imagesBefore.length - 5);
    expect(await scene.audits('repository.bulk-delete')).toBe(1);
    expect(await scene.audits('tag.delete')).toBe(deleted);
    expect(await scene.audits('manifest.delete')).toBe(5);
    await expectNoDrift(scene);

    const again = await runs.delete(repository, filter, tenant.actor);
    expect((await bench.reaches(again.id, 'succeeded')).counters).toEqual({ deletedTags: 0, keptTags: BUILDS / 100 });
    expect(await scene.audits('tag.delete')).toBe(deleted);

    let pages = 0;
    bench.work([
      bench.pausable((pause) =>
        restoreRun({
          database: bench.database,
          runs: new (class extends BulkRuns {
            override async entriesOf(...args: Parameters<BulkRuns['entriesOf']>) {
              const page = await super.entriesOf(...args);
              pages += 1;
              if (pages === 2) await pause();
              return page;
            }
          })(bench.database),
        }),
      ),
    ]);
    const restoration = await runs.restore(tenant.namespace, id, tenant.actor);
    if (!restoration) throw new Error('the run has nothing in the trash');
    const halfway = (await bench.reaches(restoration.id, 'paused')).counters['restored'] ?? 0;
    expect(halfway).toBeGreaterThan(0);
    expect(halfway).toBeLessThan(deleted + 5);
    await bench.resume(restoration.id);
    expect((await bench.reaches(restoration.id, 'succeeded')).counters).toEqual({ restored: deleted + 5 });
    expect(await scene.tags()).toEqual(tagsBefore);
    expect(await scene.images()).toEqual(imagesBefore);
    expect(await bench.database.run((db) => db.trashEntry.count())).toBe(0);
    expect(await scene.audits('tag.restore')).toBe(deleted);
    expect(await scene.audits('manifest.restore')).toBe(5);
    expect(await scene.audits('trash.restore-run')).toBe(1);
    await expectNoDrift(scene);
    expect(await runs.restore(tenant.namespace, id, tenant.actor)).toBeUndefined();
  }, 300_000);

  it('leaves in the trash what is somebody else’s name by now, and names it', async () => {
    const scene = await aScene();
    const { bench, runs, repository, tenant } = scene;
    bench.work([scene.deletionKind(), restoreRun({ database: bench.database, runs })]);
    const taken = bulkFilterSchema.parse({ tags: ['pr-own-*'] });
    const { id } = await runs.delete(repository, taken, tenant.actor);
    await bench.reaches(id, 'succeeded');
    const newer = anImage();
    await pushImageRows(bench.database, repository, newer, { tags: ['pr-own-2'] });
    const restoration = await runs.restore(tenant.namespace, id, tenant.actor);
    const { counters } = await bench.reaches(restoration?.id ?? '', 'succeeded');
    expect(counters).toEqual({ restored: 2, left: 1 });
    expect(await scene.tags()).toMatchObject({ 'pr-own-2': newer.digest });
    const lines = await new JobRuns(bench.database).logOf(restoration?.id ?? '');
    expect(lines.map(({ message }) => message)).toEqual(['Taken by now, and so left in the trash: pr-own-2']);
    await expectNoDrift(scene);
  });
});
