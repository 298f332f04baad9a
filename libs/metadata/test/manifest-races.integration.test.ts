import { parseReference, parseRepositoryName } from '@stowage/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import { BlobStore } from '../src/registry/blob-store.js';
import { deleteManifest } from '../src/registry/manifest-deletion.js';
import { ManifestStore } from '../src/registry/manifest-store.js';
import { type RepositoryRecord, RepositoryStore } from '../src/registry/repository-store.js';
import { RepositoryListings } from '../src/browsing/repository-listing.js';
import {
  anImage,
  anIndex,
  createRepository,
  createTenant,
  pushImageRows,
  pushRows,
  NO_TRASH,
  REVIEW_DELAY,
  storeBlob,
  type Tenant,
  type TestManifest,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';
import { waitingForALock } from '../src/testing/race-behind.js';

const opened = openDatabase();
let tenant: Tenant;
let count = 0;
const ROUNDS = Array.from({ length: 15 }, (_, round) => round);

beforeAll(async () => {
  tenant = await createTenant(opened.database);
});

const newRepository = () => createRepository(opened.database, `${tenant.namespace.name}/r${(count += 1)}`);
const blobs = () => new BlobStore(opened.database, REVIEW_DELAY);
const remove = (repository: RepositoryRecord, { digest }: TestManifest) =>
  deleteManifest(opened.database, { repository, digest, actor: tenant.actor }, NO_TRASH);

/** `ok`, or the name of what was thrown. */
const nameOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: Error) => error.name,
  );

describe('races', () => {
  it('pushes into one repository share its row: none waits for what another writes there', async () => {
    const repository = await newRepository();
    const [before, beside] = [anImage(), anImage()];
    await pushImageRows(opened.database, repository, before, { tags: ['before'] });
    for (const blob of beside.blobs) await storeBlob(opened.database, repository, blob);
    await opened.database.transaction(async (tx) => {
      // What a push writes there is old enough to be written again.
      await tx.repository.update({ where: { id: repository.id }, data: { lastPushedAt: new Date(0) } });
      await pushRows(opened.database, repository, beside, { tags: ['beside'] });
    });
    const after = anImage();
    await pushImageRows(opened.database, repository, after, { tags: ['after'] });
    const { lastPushedAt } = await opened.database.run((db) =>
      db.repository.findUniqueOrThrow({ where: { id: repository.id } }),
    );
    expect(lastPushedAt?.getTime()).toBeGreaterThan(0);
  });

  it('a push against the deletion of its blob: one of them wins (R10)', async () => {
    for (const round of ROUNDS) {
      const repository = await newRepository();
      const image = anImage();
      for (const blob of image.blobs) await storeBlob(opened.database, repository, blob);
      const race = [
        () => nameOf(pushRows(opened.database, repository, image)),
        () => blobs().unlink(repository, image.blobs[1]!.digest, tenant.actor),
      ];
      const results = await Promise.all(
        round % 2 ? race.toReversed().map((start) => start()) : race.map((start) => start()),
      );
      const outcome = results.toSorted().join(' ');
      expect(['in use ok', 'ReferenceMissingError unlinked']).toContain(outcome);
    }
  });

  it('an index against the deletion of its child: one of them wins (R11)', async () => {
    for (const round of ROUNDS) {
      const repository = await newRepository();
      const image = anImage();
      await pushImageRows(opened.database, repository, image);
      const push = () => nameOf(pushRows(opened.database, repository, anIndex([image])));
      const erase = async () => (await remove(repository, image)).outcome;
      const outcome = (round % 2 ? await Promise.all([erase(), push()]) : await Promise.all([push(), erase()]))
        .map(String)
        .toSorted()
        .join(' ');
      expect(['in use ok', 'ReferenceMissingError deleted']).toContain(outcome);
    }
  });

  it('a push of the same manifest against its deletion: the tag never hangs in the air (R3)', async () => {
    const manifests = new ManifestStore(opened.database);
    for (const round of ROUNDS) {
      const repository = await newRepository();
      const image = anImage();
      await pushImageRows(opened.database, repository, image);
      const push = () => nameOf(pushRows(opened.database, repository, image, { tags: ['v1'] }));
      const erase = async () => (await remove(repository, image)).outcome;
      const [first, second] =
        round % 2 ? await Promise.all([push(), erase()]) : (await Promise.all([erase(), push()])).toReversed();
      expect([first, second]).toEqual(['ok', 'deleted']);
      // Either the push came last and all is there, or the deletion did and nothing is.
      const byTag = await manifests.find(repository.name, parseReference('v1'));
      const byDigest = await manifests.find(repository.name, parseReference(image.digest));
      expect(byTag?.digest).toBe(byDigest?.digest);
    }
  });

  it('a push that met the deletion while it held the row runs again and stores all of it (R3)', async () => {
    const repository = await newRepository();
    const image = anImage();
    await pushImageRows(opened.database, repository, image);
    const [locked, mayDelete] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const deletion = opened.database.transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM manifest WHERE repository_id = ${repository.id}::uuid AND digest = ${image.digest} FOR UPDATE`;
      locked.resolve();
      await mayDelete.promise;
      await tx.manifest.deleteMany({ where: { repositoryId: repository.id, digest: image.digest } });
    });
    await locked.promise;
    const push = pushRows(opened.database, repository, image, { tags: ['v1'] });
    await expect.poll(() => waitingForALock(opened.database)).toBe(1);
    mayDelete.resolve();
    await Promise.all([deletion, push]);
    const found = await new ManifestStore(opened.database).find(repository.name, parseReference('v1'));
    expect(found?.digest).toBe(image.digest);
    expect(await opened.database.run((db) => db.manifestBlob.count({ where: { repositoryId: repository.id } }))).toBe(
      2,
    );
  });

  it('a mount against the deletion at the source: a mount that says yes has the blob (R5)', async () => {
    for (const round of ROUNDS) {
      const [source, target] = [await newRepository(), await newRepository()];
      const image = anImage();
      const blob = image.blobs[0]!;
      await storeBlob(opened.database, source, blob);
      const mount = () => blobs().mount({ source: source.name, target, digest: blob.digest, actor: tenant.actor });
      const unlink = () => blobs().unlink(source, blob.digest, tenant.actor);
      const [mounted] =
        round % 2 ? (await Promise.all([unlink(), mount()])).toReversed() : await Promise.all([mount(), unlink()]);
      const found = await blobs().findInRepository(target.name, blob.digest);
      expect(found !== undefined).toBe(mounted);
    }
  });

  it('a mount of a condemned blob, or of one that the source does not hold, says no and links nothing', async () => {
    const [source, target] = [await newRepository(), await newRepository()];
    const [condemned, unlinked] = anImage().blobs;
    await storeBlob(opened.database, source, condemned!);
    await storeBlob(opened.database, await newRepository(), unlinked!);
    await opened.database.run((db) =>
      db.blob.update({ where: { digest: condemned!.digest }, data: { state: 'condemned' } }),
    );
    for (const { digest } of [condemned!, unlinked!]) {
      expect(await blobs().mount({ source: source.name, target, digest, actor: tenant.actor })).toBe(false);
    }
    expect(await opened.database.run((db) => db.repositoryBlob.count({ where: { repositoryId: target.id } }))).toBe(0);
  });

  it('two tags for two manifests at the same moment: each tag is a register (I5)', async () => {
    const repository = await newRepository();
    const images = [anImage(), anImage(), anImage(), anImage()];
    for (const image of images) await pushImageRows(opened.database, repository, image);
    await Promise.all(images.map((image) => pushRows(opened.database, repository, image, { tags: ['v1', 'v2'] })));
    const tags = await opened.database.run((db) => db.tag.findMany({ where: { repositoryId: repository.id } }));
    expect(images.map(({ digest }) => digest)).toEqual(expect.arrayContaining(tags.map(({ digest }) => digest)));
    const events = await opened.database.run((db) =>
      db.tagEvent.findMany({ where: { repositoryId: repository.id }, orderBy: { id: 'asc' } }),
    );
    expect(events).toHaveLength(8);
  });

  it('twenty first pushes make one repository and one audit row', async () => {
    const name = parseRepositoryName(`${tenant.namespace.name}/first`);
    const store = new RepositoryStore(opened.database);
    const made = await Promise.all(Array.from({ length: 20 }, () => store.findOrCreate(name, tenant.actor)));
    expect(new Set(made.map((repository) => repository?.id)).size).toBe(1);
    expect(
      await opened.database.run((db) => db.auditEvent.count({ where: { action: 'repository.create', target: name } })),
    ).toBe(1);
    expect(await store.findOrCreate(parseRepositoryName('nobody-has-this/app'), tenant.actor)).toBeUndefined();
  });

  it('ten creations of one repository: one is told yes, and its settings stay', async () => {
    const listings = new RepositoryListings(opened.database);
    for (const round of ROUNDS) {
      const name = parseRepositoryName(`${tenant.namespace.name}/made${round}`);
      const create = (visibility: 'private' | 'public') =>
        listings.create({
          namespaceId: tenant.namespace.id,
          path: `made${round}`,
          description: visibility,
          visibility,
          actor: tenant.actor,
        });
      const asked = Array.from({ length: 10 }, (_, at) => (at % 2 ? 'public' : 'private'));
      const told = await Promise.all(asked.map(create));
      expect(told.filter(Boolean)).toHaveLength(1);
      const row = await opened.database.run((db) => db.repository.findUnique({ where: { name } }));
      expect(row?.visibility).toBe(asked[told.indexOf(true)]);
    }
  });
});
