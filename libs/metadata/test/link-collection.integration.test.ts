import { parseReference } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { SYSTEM_ACTOR } from '../src/actor.js';
import { BlobStore } from '../src/registry/blob-store.js';
import { ManifestStore } from '../src/registry/manifest-store.js';
import type { RepositoryRecord } from '../src/registry/repository-store.js';
import {
  aBlob,
  anImage,
  chargedTo,
  pushRows,
  recount,
  REVIEW_DELAY,
  storeBlob,
  type TestManifest,
} from '../src/testing/index.js';
import { openCollector } from './open-collector.js';

const collector = openCollector();
const blobs = () => new BlobStore(collector.database, REVIEW_DELAY);

const isThere = async (repository: RepositoryRecord, { digest }: TestManifest) =>
  (await new ManifestStore(collector.database).find(repository.name, parseReference(digest))) !== undefined;

describe('a link that is reviewed', () => {
  it('goes when no manifest needs it, with its bytes, once and audited', async () => {
    const { repository, tenant } = await collector.aPlace();
    const blob = aBlob();
    await storeBlob(collector.database, repository, blob);
    await collector.passDelay();
    expect((await collector.review('link_review')).get(blob.digest)).toBe('collected');
    expect(await blobs().findInRepository(repository.name, blob.digest)).toBeUndefined();
    expect(await chargedTo(collector.database, tenant.namespace.id)).toEqual({ used: 0, reserved: 0 });
    const target = `${repository.name}@${blob.digest}`;
    const audit = await collector.database.run((db) =>
      db.auditEvent.findMany({ where: { target, action: 'blob.collect' } }),
    );
    expect(audit).toMatchObject([{ actorName: SYSTEM_ACTOR.name, namespaceId: tenant.namespace.id }]);
  });

  it('of one tenant does not wait for the pushes of another (Q)', async () => {
    const [ours, theirs] = [await collector.aPlace(), await collector.aPlace()];
    const blob = aBlob();
    await storeBlob(collector.database, ours.repository, blob);
    await collector.passDelay();
    await storeBlob(collector.database, theirs.repository, blob);
    expect((await collector.review('link_review')).get(blob.digest)).toBe('collected');
    expect(await blobs().findInRepository(ours.repository.name, blob.digest)).toBeUndefined();
    expect(await blobs().findInRepository(theirs.repository.name, blob.digest)).toBeDefined();
    expect((await collector.review('blob_review')).get(blob.digest)).toBe('kept');
  });

  it('against a push of a manifest that needs it: the manifest is whole, or is refused (R1)', async () => {
    const { repository, tenant } = await collector.aPlace();
    const outcomes = new Set<string>();
    for (let round = 0; round < 20; round += 1) {
      const image = anImage();
      for (const blob of image.blobs) await storeBlob(collector.database, repository, blob);
      await collector.passDelay();
      const claims = (await collector.garbage().claim('link_review', 1000)).filter(({ digest }) =>
        image.blobs.some((blob) => blob.digest === digest),
      );
      const collect = () => collector.garbage().review('link_review', claims);
      const push = () =>
        pushRows(collector.database, repository, image, { tags: ['v1'] }).then(
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
    expect(await chargedTo(collector.database, tenant.namespace.id)).toEqual(
      await recount(collector.database, tenant.namespace.id),
    );
    expect(outcomes.size).toBeGreaterThan(0);
  });
});
