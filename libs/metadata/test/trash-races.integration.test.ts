import { parseReference, parseTagName } from '@stowage/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import { ManifestStore } from '../src/registry/manifest-store.js';
import { ReferrerStore } from '../src/registry/referrer-store.js';
import { type RepositoryRecord, RepositoryStore } from '../src/registry/repository-store.js';
import { RepositoryTransfers } from '../src/tenancy/repository-transfers.js';
import {
  anImage,
  anIndex,
  chargedTo,
  createRepository,
  createTenant,
  pushImageRows,
  pushRows,
  recount,
  REVIEW_DELAY,
  storeBlob,
  type Tenant,
  type TestManifest,
  TRASH,
} from '../src/testing/index.js';
import { Deletions } from '../src/trash/deletions.js';
import { TrashPurge } from '../src/trash/purge.js';
import { restoreEntry } from '../src/trash/restore.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
let tenant: Tenant;
let count = 0;
const ROUNDS = Array.from({ length: 12 }, (_, round) => round);

beforeAll(async () => {
  tenant = await createTenant(opened.database);
});

const newRepository = () => createRepository(opened.database, `${tenant.namespace.name}/r${(count += 1)}`);
const deletions = () => new Deletions(opened.database, TRASH);
const purge = () => new TrashPurge(opened.database, REVIEW_DELAY);
const restore = (id: string) => restoreEntry(opened.database, id, { actor: tenant.actor, leaveTaken: false });
const remove = async (repository: RepositoryRecord, { digest }: TestManifest) =>
  deletions().manifest({ repository, digest, actor: tenant.actor });
const removeTag = async (repository: RepositoryRecord, name: string) => {
  const tags = [{ name: parseTagName(name) }];
  const [gone] = await deletions().tags({ repository, tags, actor: tenant.actor });
  return String(gone?.entryId);
};
const found = (repository: RepositoryRecord, reference: string) =>
  new ManifestStore(opened.database).find(repository.name, parseReference(reference));
const nameOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: Error) => error.name,
  );
/** Starts both at once, in turns of who is first. */
async function race<A, B>(round: number, first: () => Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
  if (round % 2 === 0) return Promise.all([first(), second()]);
  const [b, a] = await Promise.all([second(), first()]);
  return [a, b];
}
const driftless = async (namespaceId = tenant.namespace.id) =>
  expect(await chargedTo(opened.database, namespaceId)).toEqual(await recount(opened.database, namespaceId));

async function waitingForALock(): Promise<number> {
  const [row] = await opened.database.prepared<{ count: number }>(
    'test_waiting_for_a_lock',
    `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    [],
  );
  return row?.count ?? 0;
}

describe('a manifest that goes to the trash', () => {
  it('against an index that names it: one of them wins (R11)', async () => {
    for (const round of ROUNDS) {
      const repository = await newRepository();
      const image = anImage();
      await pushImageRows(opened.database, repository, image);
      const [pushed, removed] = await race(
        round,
        () => nameOf(pushRows(opened.database, repository, anIndex([image]), { tags: ['multi'] })),
        async () => (await remove(repository, image)).outcome,
      );
      expect(['ok in use', 'ReferenceMissingError deleted']).toContain(`${pushed} ${removed}`);
      expect((await found(repository, image.digest)) !== undefined).toBe(pushed === 'ok');
    }
  });

  it('against a push of the same bytes: what is tagged is there (I10)', async () => {
    for (const round of ROUNDS) {
      const repository = await newRepository();
      const image = anImage();
      await pushImageRows(opened.database, repository, image);
      const [pushed] = await race(
        round,
        () => nameOf(pushRows(opened.database, repository, image, { tags: ['v1'] })),
        () => remove(repository, image),
      );
      expect(pushed).toBe('ok');
      expect((await found(repository, 'v1'))?.digest).toBe((await found(repository, image.digest))?.digest);
    }
    await driftless();
  });

  it('while something that refers to it is pushed: the list of referrers has what is there, and nothing else (R12)', async () => {
    for (const round of ROUNDS) {
      const repository = await newRepository();
      const image = anImage();
      await pushImageRows(opened.database, repository, image);
      const subject = { mediaType: image.mediaType, digest: image.digest, size: image.bytes.length };
      const [kept, gone] = [anImage({ extra: { subject } }), anImage({ extra: { subject } })];
      for (const blob of kept.blobs) await storeBlob(opened.database, repository, blob);
      await pushImageRows(opened.database, repository, gone);
      await Promise.all([
        ...[() => pushRows(opened.database, repository, kept), () => remove(repository, image)]
          .toSorted(() => (round % 2 ? 1 : -1))
          .map((start) => start()),
        remove(repository, gone),
      ]);
      const page = { last: '', limit: 10, artifactType: undefined };
      const listed = await new ReferrerStore(opened.database).list(repository.name, image.digest, page);
      expect(listed.map(({ digest }) => digest)).toEqual([kept.digest]);
    }
  });
});

describe('what comes back', () => {
  it('against a push of the same tag: the tag is one of the two, and the other one is told', async () => {
    for (const round of ROUNDS) {
      const repository = await newRepository();
      const [old, next] = [anImage(), anImage()];
      await pushImageRows(opened.database, repository, old, { tags: ['v1'] });
      const entryId = await removeTag(repository, 'v1');
      for (const blob of next.blobs) await storeBlob(opened.database, repository, blob);
      const [restored] = await race(
        round,
        async () => (await restore(entryId)).kind,
        () => pushRows(opened.database, repository, next, { tags: ['v1'] }),
      );
      // The push comes last, or the restore finds the name taken: it never replaces.
      expect(['restored', 'refused']).toContain(restored);
      expect((await found(repository, 'v1'))?.digest).toBe(next.digest);
    }
  });

  it('against its purge: it is back, or gone for good, and never half', async () => {
    for (const round of ROUNDS) {
      const repository = await newRepository();
      const image = anImage();
      await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
      const entryId = await removeTag(repository, 'v1');
      const [restored, purged] = await race(
        round,
        async () => (await restore(entryId)).kind,
        () => purge().purge(entryId, { now: true, actor: tenant.actor }),
      );
      expect(['restored gone', 'gone purged']).toContain(`${restored} ${purged}`);
      expect((await found(repository, 'v1')) !== undefined).toBe(restored === 'restored');
    }
    await driftless();
  });

  it('a purge against a push that needs the same layers: the push has them, or is told (R10)', async () => {
    for (const round of ROUNDS) {
      const repository = await newRepository();
      const image = anImage({ layers: 3 });
      await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
      const entryId = await removeTag(repository, 'v1');
      const next = anImage({
        layers: image.blobs.slice(1),
        config: image.blobs[0]!,
        extra: { annotations: { round: `${round}` } },
      });
      const [pushed] = await race(
        round,
        () => nameOf(pushRows(opened.database, repository, next, { tags: ['v2'] })),
        () => purge().purge(entryId, { now: true, actor: tenant.actor }),
      );
      expect(['ok', 'ReferenceMissingError']).toContain(pushed);
      const links = await opened.database.run((db) =>
        db.repositoryBlob.count({ where: { repositoryId: repository.id } }),
      );
      expect(links).toBe(pushed === 'ok' ? next.blobs.length : 0);
    }
    await driftless();
  });
});

describe('a repository that goes to the trash', () => {
  it('during a push: the push is in it, or is told that it is gone (R15)', async () => {
    for (const round of ROUNDS) {
      const repository = await newRepository();
      const image = anImage();
      for (const blob of image.blobs) await storeBlob(opened.database, repository, blob);
      const [pushed, entryId] = await race(
        round,
        () => nameOf(pushRows(opened.database, repository, image, { tags: ['v1'] })),
        () => deletions().repository({ repository, actor: tenant.actor }),
      );
      expect(['ok', 'RepositoryGoneError']).toContain(pushed);
      expect(await found(repository, 'v1')).toBeUndefined();
      expect((await restore(entryId)).kind).toBe('restored');
      expect((await found(repository, 'v1')) !== undefined).toBe(pushed === 'ok');
    }
    await driftless();
  });

  it('while a push waits for its row: the push finds it gone (R15)', async () => {
    const repository = await newRepository();
    const image = anImage();
    for (const blob of image.blobs) await storeBlob(opened.database, repository, blob);
    const [locked, mayDelete] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const deletion = opened.database.transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM repository WHERE id = ${repository.id}::uuid FOR UPDATE`;
      locked.resolve();
      await mayDelete.promise;
      await tx.$executeRaw`
        UPDATE repository SET deleted_at = now(), path = '~' || id, name = '~' || id WHERE id = ${repository.id}::uuid`;
    });
    await locked.promise;
    const push = nameOf(pushRows(opened.database, repository, image, { tags: ['v1'] }));
    await expect.poll(waitingForALock, { timeout: 15_000 }).toBeGreaterThan(0);
    mayDelete.resolve();
    await deletion;
    expect(await push).toBe('RepositoryGoneError');
    expect(await opened.database.run((db) => db.manifest.count({ where: { repositoryId: repository.id } }))).toBe(0);
  });

  it('during a first push into its namespace that goes as well: nothing is made in it (R15)', async () => {
    for (const round of ROUNDS) {
      const own = await createTenant(opened.database);
      const name = `${own.namespace.name}/new` as RepositoryRecord['name'];
      const store = new RepositoryStore(opened.database);
      await race(
        round,
        () => nameOf(store.findOrCreate(name, own.actor)),
        () => deletions().namespace({ namespace: own.namespace, actor: own.actor }),
      );
      const live = await opened.database.run((db) =>
        db.repository.count({ where: { namespaceId: own.namespace.id, deletedAt: null } }),
      );
      expect(live).toBe(0);
    }
  });

  it('against its transfer: it is in one namespace, and its entry is where it is (R16)', async () => {
    for (const round of ROUNDS) {
      const target = await createTenant(opened.database);
      const repository = await newRepository();
      await pushImageRows(opened.database, repository, anImage(), { tags: ['v1'] });
      const transfers = new RepositoryTransfers(opened.database);
      await transfers.request(repository, target.namespace.name, tenant.actor);
      const [offer] = await transfers.list(target.namespace.id);
      await race(
        round,
        () => nameOf(transfers.accept(target.namespace, offer!.id, target.actor)),
        () => nameOf(deletions().repository({ repository, actor: tenant.actor })),
      );
      const row = await opened.database.run((db) =>
        db.repository.findUniqueOrThrow({ where: { id: repository.id }, include: { trash: true } }),
      );
      for (const entry of row.trash) expect(entry.namespaceId).toBe(row.namespaceId);
      await driftless();
      await driftless(target.namespace.id);
    }
  });
});
