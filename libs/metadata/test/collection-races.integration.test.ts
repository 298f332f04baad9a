// Garbage collection against clients, each inside its transaction when the other comes (2.4): both orders of every pair.
import { parseReference } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import type { Database, Db } from '../src/database.js';
import { BlobStore } from '../src/registry/blob-store.js';
import { ManifestStore } from '../src/registry/manifest-store.js';
import type { RepositoryRecord } from '../src/registry/repository-store.js';
import { ReviewPostponement } from '../src/registry/review-postponement.js';
import {
  aBlob,
  anImage,
  chargedTo,
  pushImageRows,
  pushRows,
  recount,
  REVIEW_DELAY,
  storeBlob,
  type Tenant,
} from '../src/testing/index.js';
import { openCollector } from './open-collector.js';
import { raceBehind, startAndWait, whileLocked } from '../src/testing/race-behind.js';

const collector = openCollector();
const blobs = () => new BlobStore(collector.database, REVIEW_DELAY);
const manifests = () => new ManifestStore(collector.database);

/** Everybody who changes what a namespace is charged needs this row, and takes it last. */
const usageOf =
  ({ namespace }: Tenant) =>
  (tx: Db) =>
    tx.$queryRaw`SELECT 1 FROM namespace_usage WHERE namespace_id = ${namespace.id}::uuid FOR UPDATE`;

async function aBlobThatIsDue() {
  const place = await collector.aPlace();
  const blob = aBlob();
  await storeBlob(collector.database, place.repository, blob);
  await collector.passDelay();
  return { ...place, blob, claim: await collector.claimOf('link_review', blob.digest) };
}

async function aManifestThatIsDue() {
  const place = await collector.aPlace();
  const image = anImage();
  await pushImageRows(collector.database, place.repository, image);
  await collector.passDelay();
  return { ...place, image, claim: await collector.claimOf('manifest_review', image.digest) };
}

async function expectNoDrift({ namespace }: Tenant): Promise<void> {
  expect(await chargedTo(collector.database, namespace.id)).toEqual(await recount(collector.database, namespace.id));
}

/** What HEAD does: it asks for the delay first, and looks afterwards. */
async function headOfBlob({ name }: RepositoryRecord, { digest }: ReturnType<typeof aBlob>) {
  await new ReviewPostponement(collector.database, REVIEW_DELAY).blob(name, digest);
  return (await blobs().findInRepository(name, digest)) ? 'there' : 'unknown';
}

async function headOfManifest({ name }: RepositoryRecord, { digest }: ReturnType<typeof anImage>) {
  await new ReviewPostponement(collector.database, REVIEW_DELAY).manifest(name, digest);
  return (await manifests().find(name, parseReference(digest))) ? 'there' : 'unknown';
}

/** The same statement, in a transaction that stays open. */
function postponementWithin(tx: Db): ReviewPostponement {
  const prepared = (_name: string, text: string, values: unknown[]) => tx.$queryRawUnsafe(text, ...values);
  return new ReviewPostponement({ prepared } as unknown as Database, REVIEW_DELAY);
}

describe('HEAD of a blob', () => {
  it('while a collector has unlinked it: waits for that, and says that it is unknown (R2)', async () => {
    const { tenant, repository, blob, claim } = await aBlobThatIsDue();
    const outcomes = await raceBehind(collector.database, {
      lock: usageOf(tenant),
      contenders: [() => collector.reviewOne('link_review', claim), () => headOfBlob(repository, blob)],
    });
    expect(outcomes).toMatchObject([{ value: 'collected' }, { value: 'unknown' }]);
    await expectNoDrift(tenant);
  });

  it('before the collector has the row: the blob stays for the delay (R2)', async () => {
    const { repository, blob, claim } = await aBlobThatIsDue();
    const verdict = await whileLocked(
      collector.database,
      (tx) => postponementWithin(tx).blob(repository.name, blob.digest),
      () => collector.reviewOne('link_review', claim),
    );
    expect(verdict).toBe('postponed');
    expect(await headOfBlob(repository, blob)).toBe('there');
    const due = await collector.garbage().claim('link_review', 1000);
    expect(due.map(({ digest }) => digest)).not.toContain(blob.digest);
  });
});

describe('HEAD of a manifest', () => {
  it('while a collector has deleted it: waits for that, and says that it is unknown (R2)', async () => {
    const { tenant, repository, image, claim } = await aManifestThatIsDue();
    const outcomes = await raceBehind(collector.database, {
      lock: usageOf(tenant),
      contenders: [() => collector.reviewOne('manifest_review', claim), () => headOfManifest(repository, image)],
    });
    expect(outcomes).toMatchObject([{ value: 'collected' }, { value: 'unknown' }]);
    await expectNoDrift(tenant);
  });

  it('before the collector has the row: the manifest stays for the delay (R2)', async () => {
    const { repository, image, claim } = await aManifestThatIsDue();
    const verdict = await whileLocked(
      collector.database,
      (tx) => postponementWithin(tx).manifest(repository.name, image.digest),
      () => collector.reviewOne('manifest_review', claim),
    );
    expect(verdict).toBe('postponed');
    expect(await headOfManifest(repository, image)).toBe('there');
    const due = await collector.garbage().claim('manifest_review', 1000);
    expect(due.map(({ digest }) => digest)).not.toContain(image.digest);
  });
});

describe('a push of a manifest', () => {
  async function anImageWithoutManifest() {
    const place = await collector.aPlace();
    const image = anImage();
    for (const blob of image.blobs) await storeBlob(collector.database, place.repository, blob);
    await collector.passDelay();
    const claims = await collector.garbage().claim('link_review', 1000);
    const own = claims.filter(({ digest }) => image.blobs.some((blob) => blob.digest === digest));
    const push = () => pushRows(collector.database, place.repository, image, { tags: ['v1'] });
    return { ...place, image, push, collect: () => collector.garbage().review('link_review', own) };
  }

  it('while a collector has unlinked its layers: is told that they are missing, and nothing hangs (R1)', async () => {
    const { tenant, repository, push, collect } = await anImageWithoutManifest();
    const [collected, pushed] = await raceBehind(collector.database, {
      lock: usageOf(tenant),
      contenders: [collect, push],
    });
    expect(collected).toMatchObject({ value: [{ verdict: 'collected' }, { verdict: 'collected' }] });
    expect(pushed).toMatchObject({ reason: { name: 'ReferenceMissingError' } });
    expect(await manifests().find(repository.name, parseReference('v1'))).toBeUndefined();
    await expectNoDrift(tenant);
  });

  it('that has locked its layers: the collector leaves them, and the image is whole (R1, I1)', async () => {
    const { tenant, repository, image, push, collect } = await anImageWithoutManifest();
    const pushed = await whileLocked(collector.database, usageOf(tenant), async () => {
      const waiting = await startAndWait(collector.database, push);
      expect((await collect()).map(({ verdict }) => verdict)).not.toContain('collected');
      return waiting;
    });
    await pushed.outcome;
    expect((await manifests().find(repository.name, parseReference('v1')))?.digest).toBe(image.digest);
    for (const { digest } of image.blobs) expect(await blobs().findInRepository(repository.name, digest)).toBeDefined();
    await expectNoDrift(tenant);
  });

  it('with a new tag while a collector has deleted the manifest: stores all of it again (R3)', async () => {
    const { tenant, repository, image, claim } = await aManifestThatIsDue();
    const outcomes = await raceBehind(collector.database, {
      lock: usageOf(tenant),
      contenders: [
        () => collector.reviewOne('manifest_review', claim),
        () => pushRows(collector.database, repository, image, { tags: ['v1'] }),
      ],
    });
    expect(outcomes).toMatchObject([{ value: 'collected' }, { status: 'fulfilled' }]);
    expect((await manifests().find(repository.name, parseReference('v1')))?.digest).toBe(image.digest);
    await expectNoDrift(tenant);
  });
});

describe('a mount', () => {
  it('that has seen the blob, while the last link of the source and the blob are reviewed: it has the blob (R5)', async () => {
    const { repository, blob, claim, tenant: source } = await aBlobThatIsDue();
    const target = await collector.aPlace();
    const input = { source: repository.name, target: target.repository, digest: blob.digest, actor: source.actor };
    const mounted = await whileLocked(collector.database, usageOf(target.tenant), async () => {
      const waiting = await startAndWait(collector.database, () => blobs().mount(input));
      expect(await collector.reviewOne('link_review', claim)).toBe('collected');
      expect((await collector.review('blob_review')).get(blob.digest)).toBe('busy');
      return waiting;
    });
    expect(await mounted.outcome).toBe(true);
    await collector.passDelay();
    expect((await collector.review('blob_review')).get(blob.digest)).toBe('kept');
    expect(await blobs().findInRepository(target.repository.name, blob.digest)).toBeDefined();
    for (const { tenant } of [target, { tenant: source }]) await expectNoDrift(tenant);
  });

  it('after the last link of the source has gone: says no, and the target has nothing (R5)', async () => {
    const { repository, blob, claim, tenant } = await aBlobThatIsDue();
    const target = await collector.aPlace();
    expect(await collector.reviewOne('link_review', claim)).toBe('collected');
    const input = { source: repository.name, target: target.repository, digest: blob.digest, actor: tenant.actor };
    expect(await blobs().mount(input)).toBe(false);
    expect(await blobs().findInRepository(target.repository.name, blob.digest)).toBeUndefined();
  });
});

describe('an upload', () => {
  it('that meets the end of its blob waits for it, and makes a generation of its own (R5, R6)', async () => {
    const { repository, blob, claim } = await aBlobThatIsDue();
    const { generation } = (await blobs().findLive(blob.digest))!;
    await collector.reviewOne('link_review', claim);
    const [collected, pushed] = await raceBehind(collector.database, {
      // The blob's row is gone by then, and its removal is to be written.
      lock: (tx) => tx.$executeRaw`LOCK TABLE object_removal IN SHARE ROW EXCLUSIVE MODE`,
      contenders: [
        async () => (await collector.review('blob_review')).get(blob.digest),
        () => storeBlob(collector.database, repository, blob),
      ],
    });
    expect([collected, pushed]).toMatchObject([{ value: 'collected' }, { status: 'fulfilled' }]);
    const now = (await blobs().findInRepository(repository.name, blob.digest))!;
    expect(now.generation).not.toBe(generation);
  });
});
