import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BlobStore } from '../src/registry/blob-store.js';
import { deleteManifest } from '../src/registry/manifest-deletion.js';
import {
  aBlob,
  anImage,
  createRepository,
  pushImageRows,
  NO_TRASH,
  REVIEW_DELAY,
  storeBlob,
} from '../src/testing/index.js';
import { openCollector } from './open-collector.js';

const collector = openCollector();
const blobs = () => new BlobStore(collector.database, REVIEW_DELAY);

describe('a blob that is reviewed', () => {
  async function anUnlinkedBlob() {
    const place = await collector.aPlace();
    const blob = aBlob();
    await storeBlob(collector.database, place.repository, blob);
    await blobs().unlink(place.repository, blob.digest, place.tenant.actor);
    const claim = await collector.claimOf('blob_review', blob.digest);
    return { ...place, blob, review: () => collector.reviewOne('blob_review', claim) };
  }

  it('goes at once when nobody links it, and names its object for removal (2.2)', async () => {
    const { blob, review: look } = await anUnlinkedBlob();
    const { generation } = (await blobs().findLive(blob.digest))!;
    expect(await look()).toBe('collected');
    expect(await blobs().findLive(blob.digest)).toBeUndefined();
    const removal = await collector.claimOf('object_removal', blob.digest);
    expect(removal.generation).toBe(generation);
    await collector.garbage().removed([removal]);
    await collector.database.run((db) => db.$executeRaw`UPDATE object_removal SET review_after = now()`);
    expect((await collector.garbage().claim('object_removal', 1000)).map(({ digest }) => digest)).not.toContain(
      blob.digest,
    );
  });

  it('is made anew, with a generation of its own, by a push that meets its end (R5, R6)', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { blob, review: look, repository } = await anUnlinkedBlob();
      const old = (await blobs().findLive(blob.digest))!.generation;
      const [verdict] = await Promise.all([look(), storeBlob(collector.database, repository, blob)]);
      const now = (await blobs().findInRepository(repository.name, blob.digest))!;
      expect(['collected', 'kept', 'busy', 'postponed']).toContain(verdict);
      expect(now.generation === old).toBe(verdict !== 'collected');
    }
  });

  it('against a mount: a mount that says yes has the blob (R5)', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { tenant, repository } = await collector.aPlace();
      const target = await createRepository(collector.database, `${tenant.namespace.name}/copy`);
      const blob = aBlob();
      await storeBlob(collector.database, repository, blob);
      await collector.passDelay();
      const claim = await collector.claimOf('link_review', blob.digest);
      const collect = async () => {
        await collector.reviewOne('link_review', claim);
        await collector.review('blob_review');
      };
      const input = { source: repository.name, target, digest: blob.digest, actor: tenant.actor };
      const [mounted] = await Promise.all([blobs().mount(input), collect()]);
      expect((await blobs().findInRepository(target.name, blob.digest)) !== undefined).toBe(mounted);
    }
  });

  it('is queued by whatever unlinks it, also by a repository that goes with all it has', async () => {
    const { repository, tenant } = await collector.aPlace();
    const image = anImage();
    await pushImageRows(collector.database, repository, image);
    await deleteManifest(collector.database, { repository, digest: image.digest, actor: tenant.actor }, NO_TRASH);
    await collector.database.run((db) => db.repository.delete({ where: { id: repository.id } }));
    const verdicts = await collector.review('blob_review');
    for (const { digest } of image.blobs) expect(verdicts.get(digest)).toBe('collected');
  });
});

describe('claims', () => {
  it('are of one collector each, however many there are (R23)', async () => {
    const { repository } = await collector.aPlace();
    const stored = Array.from({ length: 40 }, () => aBlob());
    for (const blob of stored) await storeBlob(collector.database, repository, blob);
    await collector.passDelay();
    const claimed = (
      await Promise.all(Array.from({ length: 8 }, () => collector.garbage().claim('link_review', 200)))
    ).flatMap((claims) => claims.map(({ repositoryId, digest }) => `${repositoryId} ${digest}`));
    expect(new Set(claimed).size).toBe(claimed.length);
    expect(await collector.garbage().claim('link_review', 1000)).toEqual([]);
  });

  it('come back when their collector has died, later each time', async () => {
    const digest = aBlob().digest;
    await collector.database.run(
      (db) =>
        db.$executeRaw`INSERT INTO object_removal (digest, generation, size) VALUES (${digest}, ${randomUUID()}, 1)`,
    );
    const waits: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      expect((await collector.garbage().claim('object_removal', 1000)).map((claim) => claim.digest)).toContain(digest);
      const [row] = await collector.database.run(
        (db) => db.$queryRaw<{ wait: number }[]>`
          SELECT extract(epoch FROM review_after - now())::float8 AS wait FROM object_removal WHERE digest = ${digest}`,
      );
      waits.push(Math.round(row!.wait / 60));
      await collector.database.run(
        (db) => db.$executeRaw`UPDATE object_removal SET review_after = now() WHERE digest = ${digest}`,
      );
    }
    expect(waits).toEqual([5, 10, 20]);
  });
});
