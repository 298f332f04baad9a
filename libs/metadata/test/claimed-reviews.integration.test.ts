import type { Digest } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { GarbageStore } from '../src/collection/garbage-store.js';
import type { Claim } from '../src/collection/review-queue.js';
import type { Database } from '../src/database.js';
import { ReviewPostponement } from '../src/registry/review-postponement.js';
import { aBlob, anImage, pushImageRows, pushRows, REVIEW_DELAY, storeBlob } from '../src/testing/index.js';
import { openCollector } from './open-collector.js';

const collector = openCollector();
const postponement = () => new ReviewPostponement(collector.database, REVIEW_DELAY);

/** Claimed after many attempts that failed: such a claim lasts a day, much longer than the delay of the reviews. */
async function longClaim(queue: 'manifest_review' | 'link_review', digest: Digest): Promise<Claim> {
  await collector.passDelay();
  await collector.database.run((db) =>
    db.$executeRawUnsafe(`UPDATE ${queue} SET review_count = 20 WHERE digest = $1`, digest),
  );
  return collector.claimOf(queue, digest);
}

/** What a push is told while a collector holds a longer claim must count all the same (R1, R2). */
describe('something that a collector has claimed for longer than the delay', () => {
  it('is kept when a manifest is pushed again without a tag', async () => {
    const { repository } = await collector.aPlace();
    const image = anImage();
    await pushImageRows(collector.database, repository, image);
    const claim = await longClaim('manifest_review', image.digest);
    await pushRows(collector.database, repository, image);
    expect(await collector.reviewOne('manifest_review', claim)).toBe('postponed');
  });

  it('is kept when a blob is uploaded again', async () => {
    const { repository } = await collector.aPlace();
    const blob = aBlob();
    await storeBlob(collector.database, repository, blob);
    const claim = await longClaim('link_review', blob.digest);
    await storeBlob(collector.database, repository, blob);
    expect(await collector.reviewOne('link_review', claim)).toBe('postponed');
  });

  it('is kept when a client that pushes has asked for it', async () => {
    const { repository } = await collector.aPlace();
    const image = anImage();
    await pushImageRows(collector.database, repository, image);
    const blob = aBlob();
    await storeBlob(collector.database, repository, blob);
    const manifest = await longClaim('manifest_review', image.digest);
    const link = await longClaim('link_review', blob.digest);
    await postponement().manifest(repository.name, image.digest);
    await postponement().blob(repository.name, blob.digest);
    expect(await collector.reviewOne('manifest_review', manifest)).toBe('postponed');
    expect(await collector.reviewOne('link_review', link)).toBe('postponed');
  });

  it('is looked at again when the delay is over, not when the claim would have been', async () => {
    const { repository } = await collector.aPlace();
    const blob = aBlob();
    await storeBlob(collector.database, repository, blob);
    await longClaim('link_review', blob.digest);
    await storeBlob(collector.database, repository, blob);
    const [row] = await collector.database.run(
      (db) => db.$queryRaw<{ seconds: number }[]>`
        SELECT extract(epoch FROM review_after - now())::float8 AS seconds FROM link_review WHERE digest = ${blob.digest}`,
    );
    expect(row?.seconds).toBeLessThanOrEqual(REVIEW_DELAY.seconds);
  });
});

describe('something that another collector’s claim has locked for a moment', () => {
  it('is due again at once, and not when the claim ends (R23)', async () => {
    const { repository } = await collector.aPlace();
    const blob = aBlob();
    await storeBlob(collector.database, repository, blob);
    await collector.passDelay();
    const claim = await collector.claimOf('link_review', blob.digest);
    const [locked, mayGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const other = collector.database.transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM link_review WHERE digest = ${blob.digest} FOR UPDATE`;
      locked.resolve();
      await mayGo.promise;
    });
    await locked.promise;
    // What the store does after its look waits until the lock is gone, as that of a claim is by then.
    const afterwards = Object.create(collector.database, {
      transaction: { value: collector.database.transaction.bind(collector.database) },
      run: {
        value: async (work: Parameters<Database['run']>[0]) => {
          mayGo.resolve();
          await other;
          return collector.database.run(work);
        },
      },
    }) as Database;
    const [judged] = await new GarbageStore(afterwards, REVIEW_DELAY).review('link_review', [claim]);
    expect(judged?.verdict).toBe('postponed');
    expect((await collector.claimOf('link_review', blob.digest)).digest).toBe(blob.digest);
  });
});
