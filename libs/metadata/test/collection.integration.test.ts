import { randomUUID } from 'node:crypto';
import { parseReference, parseTagName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { SYSTEM_ACTOR } from '../src/actor.js';
import { GarbageStore, type JudgedQueue } from '../src/collection/garbage-store.js';
import type { Claim } from '../src/collection/review-queue.js';
import type { Verdict } from '../src/collection/verdict.js';
import { BlobStore } from '../src/registry/blob-store.js';
import { deleteManifest } from '../src/registry/manifest-deletion.js';
import { ManifestStore } from '../src/registry/manifest-store.js';
import type { RepositoryRecord } from '../src/registry/repository-store.js';
import { TagStore } from '../src/registry/tag-store.js';
import {
  aBlob,
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
  type TestManifest,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const garbage = () => new GarbageStore(opened.database, REVIEW_DELAY);
const blobs = () => new BlobStore(opened.database, REVIEW_DELAY);
const manifests = () => new ManifestStore(opened.database);

async function aPlace() {
  const tenant = await createTenant(opened.database);
  const repository = await createRepository(opened.database, `${tenant.namespace.name}/app`);
  return { tenant, repository };
}

/** The delay of everything that is queued is over: the database's clock decides. */
async function passDelay(): Promise<void> {
  await opened.database.run(async (db) => {
    for (const queue of ['manifest_review', 'link_review', 'blob_review'])
      await db.$executeRawUnsafe(`UPDATE ${queue} SET review_after = now() - interval '1 second'`);
  });
}

/** What comes of all that is due, by digest. */
async function review(queue: JudgedQueue): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  const claims = await garbage().claim(queue, 1000);
  for (const { claim, verdict } of await garbage().review(queue, claims)) verdicts.set(claim.digest, verdict);
  return verdicts;
}

async function reviewOne(queue: JudgedQueue, claim: Claim): Promise<Verdict | undefined> {
  return (await garbage().review(queue, [claim]))[0]?.verdict;
}

const isThere = async (repository: RepositoryRecord, { digest }: TestManifest) =>
  (await manifests().find(repository.name, parseReference(digest))) !== undefined;

describe('a manifest that is reviewed', () => {
  it('is kept by a tag, by an index and by a subject that is there (G3, G4)', async () => {
    const { repository } = await aPlace();
    const [tagged, child] = [anImage(), anImage()];
    const subject = { mediaType: tagged.mediaType, digest: tagged.digest, size: tagged.bytes.length };
    const referrer = anImage({ extra: { subject } });
    for (const image of [tagged, child, referrer]) await pushImageRows(opened.database, repository, image);
    await pushRows(opened.database, repository, tagged, { tags: ['v1'] });
    await pushRows(opened.database, repository, anIndex([child]), { tags: ['all'] });
    await passDelay();
    const verdicts = await review('manifest_review');
    for (const { digest } of [tagged, child, referrer]) expect(verdicts.get(digest)).toBe('kept');
    for (const manifest of [tagged, child, referrer]) expect(await isThere(repository, manifest)).toBe(true);
  });

  it('goes without any of them; then its children, its referrers and its blobs are looked at', async () => {
    const { repository, tenant } = await aPlace();
    const child = anImage();
    await pushImageRows(opened.database, repository, child);
    const index = anIndex([child]);
    await pushRows(opened.database, repository, index, { tags: ['all'] });
    const subject = { mediaType: index.mediaType, digest: index.digest, size: index.bytes.length };
    const referrer = anImage({ extra: { subject } });
    await pushImageRows(opened.database, repository, referrer);
    await new TagStore(opened.database, REVIEW_DELAY).delete(repository, parseTagName('all'), tenant.actor);
    await passDelay();
    const first = await review('manifest_review');
    expect(first.get(index.digest)).toBe('collected');
    await passDelay();
    const second = await review('manifest_review');
    expect([second.get(child.digest), second.get(referrer.digest)]).toEqual(['collected', 'collected']);
    await passDelay();
    const links = await review('link_review');
    for (const { digest } of [...child.blobs, ...referrer.blobs]) expect(links.get(digest)).toBe('collected');
    expect(await chargedTo(opened.database, tenant.namespace.id)).toEqual({ used: 0, reserved: 0 });
  });

  it('is left alone before its delay is over, and when a push queued it again after the claim (R2)', async () => {
    const { repository } = await aPlace();
    const image = anImage();
    await pushImageRows(opened.database, repository, image);
    expect((await review('manifest_review')).has(image.digest)).toBe(false);
    await passDelay();
    const claims = await garbage().claim('manifest_review', 1000);
    const claim = claims.find(({ digest }) => digest === image.digest)!;
    await pushRows(opened.database, repository, image);
    expect(await reviewOne('manifest_review', claim)).toBe('postponed');
    expect(await isThere(repository, image)).toBe(true);
  });

  it('is left for later while a push holds it, and stored again by a push that meets its end (R3)', async () => {
    const { repository } = await aPlace();
    const image = anImage();
    await pushImageRows(opened.database, repository, image);
    await passDelay();
    const claim = (await garbage().claim('manifest_review', 1000)).find(({ digest }) => digest === image.digest)!;
    const verdict = await opened.database.transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM manifest WHERE digest = ${image.digest} FOR KEY SHARE`;
      return reviewOne('manifest_review', claim);
    });
    expect(verdict).toBe('busy');
    for (let round = 0; round < 10; round += 1) {
      await passDelay();
      const again = (await garbage().claim('manifest_review', 1000)).find(({ digest }) => digest === image.digest);
      await Promise.all([
        pushRows(opened.database, repository, image, { tags: [`v${round}`] }),
        again && reviewOne('manifest_review', again),
      ]);
      expect(await isThere(repository, image)).toBe(true);
      expect(await manifests().find(repository.name, parseReference(`v${round}`))).toMatchObject({
        digest: image.digest,
      });
      await opened.database.run((db) => db.$executeRaw`DELETE FROM tag WHERE digest = ${image.digest}`);
    }
  });
});

describe('a link that is reviewed', () => {
  it('goes when no manifest needs it, with its bytes, once and audited', async () => {
    const { repository, tenant } = await aPlace();
    const blob = aBlob();
    await storeBlob(opened.database, repository, blob);
    await passDelay();
    expect((await review('link_review')).get(blob.digest)).toBe('collected');
    expect(await blobs().findInRepository(repository.name, blob.digest)).toBeUndefined();
    expect(await chargedTo(opened.database, tenant.namespace.id)).toEqual({ used: 0, reserved: 0 });
    const target = `${repository.name}@${blob.digest}`;
    const audit = await opened.database.run((db) =>
      db.auditEvent.findMany({ where: { target, action: 'blob.collect' } }),
    );
    expect(audit).toMatchObject([{ actorName: SYSTEM_ACTOR.username, namespaceId: tenant.namespace.id }]);
  });

  it('of one tenant does not wait for the pushes of another (Q)', async () => {
    const [ours, theirs] = [await aPlace(), await aPlace()];
    const blob = aBlob();
    await storeBlob(opened.database, ours.repository, blob);
    await passDelay();
    await storeBlob(opened.database, theirs.repository, blob);
    expect((await review('link_review')).get(blob.digest)).toBe('collected');
    expect(await blobs().findInRepository(ours.repository.name, blob.digest)).toBeUndefined();
    expect(await blobs().findInRepository(theirs.repository.name, blob.digest)).toBeDefined();
    expect((await review('blob_review')).get(blob.digest)).toBe('kept');
  });

  it('against a push of a manifest that needs it: the manifest is whole, or is refused (R1)', async () => {
    const { repository, tenant } = await aPlace();
    const outcomes = new Set<string>();
    for (let round = 0; round < 20; round += 1) {
      const image = anImage();
      for (const blob of image.blobs) await storeBlob(opened.database, repository, blob);
      await passDelay();
      const claims = (await garbage().claim('link_review', 1000)).filter(({ digest }) =>
        image.blobs.some((blob) => blob.digest === digest),
      );
      const collect = () => garbage().review('link_review', claims);
      const push = () =>
        pushRows(opened.database, repository, image, { tags: ['v1'] }).then(
          () => 'pushed',
          (error: Error) => error.name,
        );
      const [pushed] =
        round % 2 ? await Promise.all([push(), collect()]) : (await Promise.all([collect(), push()])).toReversed();
      outcomes.add(pushed as string);
      const links = await Promise.all(
        image.blobs.map(({ digest }) => blobs().findInRepository(repository.name, digest)),
      );
      if (pushed === 'pushed') expect(links.every(Boolean)).toBe(true);
      else expect([pushed, await isThere(repository, image)]).toEqual(['ReferenceMissingError', false]);
    }
    expect(await chargedTo(opened.database, tenant.namespace.id)).toEqual(
      await recount(opened.database, tenant.namespace.id),
    );
    expect(outcomes.size).toBeGreaterThan(0);
  });
});

describe('a blob that is reviewed', () => {
  async function anUnlinkedBlob() {
    const place = await aPlace();
    const blob = aBlob();
    await storeBlob(opened.database, place.repository, blob);
    await blobs().unlink(place.repository, blob.digest, place.tenant.actor);
    const claim = (await garbage().claim('blob_review', 1000)).find(({ digest }) => digest === blob.digest)!;
    return { ...place, blob, review: () => reviewOne('blob_review', claim) };
  }

  it('goes at once when nobody links it, and names its object for removal (2.2)', async () => {
    const { blob, review: look } = await anUnlinkedBlob();
    const { generation } = (await blobs().findLive(blob.digest))!;
    expect(await look()).toBe('collected');
    expect(await blobs().findLive(blob.digest)).toBeUndefined();
    const removal = (await garbage().claim('object_removal', 1000)).find(({ digest }) => digest === blob.digest)!;
    expect(removal.generation).toBe(generation);
    await garbage().removed([removal]);
    await opened.database.run((db) => db.$executeRaw`UPDATE object_removal SET review_after = now()`);
    expect((await garbage().claim('object_removal', 1000)).map(({ digest }) => digest)).not.toContain(blob.digest);
  });

  it('is made anew, with a generation of its own, by a push that meets its end (R5, R6)', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { blob, review: look, repository } = await anUnlinkedBlob();
      const old = (await blobs().findLive(blob.digest))!.generation;
      const [verdict] = await Promise.all([look(), storeBlob(opened.database, repository, blob)]);
      const now = (await blobs().findInRepository(repository.name, blob.digest))!;
      expect(['collected', 'kept', 'busy', 'postponed']).toContain(verdict);
      expect(now.generation === old).toBe(verdict !== 'collected');
    }
  });

  it('against a mount: a mount that says yes has the blob (R5)', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { tenant, repository } = await aPlace();
      const target = await createRepository(opened.database, `${tenant.namespace.name}/copy`);
      const blob = aBlob();
      await storeBlob(opened.database, repository, blob);
      await passDelay();
      const claim = (await garbage().claim('link_review', 1000)).find(({ digest }) => digest === blob.digest)!;
      const collect = async () => {
        await reviewOne('link_review', claim);
        await review('blob_review');
      };
      const input = { source: repository.name, target, digest: blob.digest, actor: tenant.actor };
      const [mounted] = await Promise.all([blobs().mount(input), collect()]);
      expect((await blobs().findInRepository(target.name, blob.digest)) !== undefined).toBe(mounted);
    }
  });

  it('is queued by whatever unlinks it, also by a repository that goes with all it has', async () => {
    const { repository, tenant } = await aPlace();
    const image = anImage();
    await pushImageRows(opened.database, repository, image);
    await deleteManifest(opened.database, { repository, digest: image.digest, actor: tenant.actor }, REVIEW_DELAY);
    await opened.database.run((db) => db.repository.delete({ where: { id: repository.id } }));
    const verdicts = await review('blob_review');
    for (const { digest } of image.blobs) expect(verdicts.get(digest)).toBe('collected');
  });
});

describe('claims', () => {
  it('are of one collector each, however many there are (R23)', async () => {
    const { repository } = await aPlace();
    const stored = Array.from({ length: 40 }, () => aBlob());
    for (const blob of stored) await storeBlob(opened.database, repository, blob);
    await passDelay();
    const claimed = (await Promise.all(Array.from({ length: 8 }, () => garbage().claim('link_review', 200)))).flatMap(
      (claims) => claims.map(({ repositoryId, digest }) => `${repositoryId} ${digest}`),
    );
    expect(new Set(claimed).size).toBe(claimed.length);
    expect(await garbage().claim('link_review', 1000)).toEqual([]);
  });

  it('come back when their collector has died, later each time', async () => {
    const digest = aBlob().digest;
    await opened.database.run(
      (db) =>
        db.$executeRaw`INSERT INTO object_removal (digest, generation, size) VALUES (${digest}, ${randomUUID()}, 1)`,
    );
    const waits: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      expect((await garbage().claim('object_removal', 1000)).map((claim) => claim.digest)).toContain(digest);
      const [row] = await opened.database.run(
        (db) => db.$queryRaw<{ wait: number }[]>`
          SELECT extract(epoch FROM review_after - now())::float8 AS wait FROM object_removal WHERE digest = ${digest}`,
      );
      waits.push(Math.round(row!.wait / 60));
      await opened.database.run(
        (db) => db.$executeRaw`UPDATE object_removal SET review_after = now() WHERE digest = ${digest}`,
      );
    }
    expect(waits).toEqual([5, 10, 20]);
  });
});
