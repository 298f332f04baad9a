import { parseReference, parseTagName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { ManifestStore } from '../src/registry/manifest-store.js';
import type { RepositoryRecord } from '../src/registry/repository-store.js';
import { deleteTags } from '../src/trash/tag-deletion.js';
import {
  anImage,
  anIndex,
  chargedTo,
  pushImageRows,
  pushRows,
  NO_TRASH,
  type TestManifest,
} from '../src/testing/index.js';
import { openCollector } from './open-collector.js';

const collector = openCollector();
const manifests = () => new ManifestStore(collector.database);

const isThere = async (repository: RepositoryRecord, { digest }: TestManifest) =>
  (await new ManifestStore(collector.database).find(repository.name, parseReference(digest))) !== undefined;

describe('a manifest that is reviewed', () => {
  it('is kept by a tag, by an index and by a subject that is there (G3, G4)', async () => {
    const { repository } = await collector.aPlace();
    const [tagged, child] = [anImage(), anImage()];
    const subject = { mediaType: tagged.mediaType, digest: tagged.digest, size: tagged.bytes.length };
    const referrer = anImage({ extra: { subject } });
    for (const image of [tagged, child, referrer]) await pushImageRows(collector.database, repository, image);
    await pushRows(collector.database, repository, tagged, { tags: ['v1'] });
    await pushRows(collector.database, repository, anIndex([child]), { tags: ['all'] });
    await collector.passDelay();
    const verdicts = await collector.review('manifest_review');
    for (const { digest } of [tagged, child, referrer]) expect(verdicts.get(digest)).toBe('kept');
    for (const manifest of [tagged, child, referrer]) expect(await isThere(repository, manifest)).toBe(true);
  });

  it('goes without any of them; then its children, its referrers and its blobs are looked at', async () => {
    const { repository, tenant } = await collector.aPlace();
    const child = anImage();
    await pushImageRows(collector.database, repository, child);
    const index = anIndex([child]);
    await pushRows(collector.database, repository, index, { tags: ['all'] });
    const subject = { mediaType: index.mediaType, digest: index.digest, size: index.bytes.length };
    const referrer = anImage({ extra: { subject } });
    await pushImageRows(collector.database, repository, referrer);
    await deleteTags(
      collector.database,
      { repository, tags: [{ name: parseTagName('all') }], actor: tenant.actor },
      NO_TRASH,
    );
    await collector.passDelay();
    const first = await collector.review('manifest_review');
    expect(first.get(index.digest)).toBe('collected');
    await collector.passDelay();
    const second = await collector.review('manifest_review');
    expect([second.get(child.digest), second.get(referrer.digest)]).toEqual(['collected', 'collected']);
    await collector.passDelay();
    const links = await collector.review('link_review');
    for (const { digest } of [...child.blobs, ...referrer.blobs]) expect(links.get(digest)).toBe('collected');
    expect(await chargedTo(collector.database, tenant.namespace.id)).toEqual({ used: 0, reserved: 0 });
  });

  it('is left alone before its delay is over, and when a push queued it again after the claim (R2)', async () => {
    const { repository } = await collector.aPlace();
    const image = anImage();
    await pushImageRows(collector.database, repository, image);
    expect((await collector.review('manifest_review')).has(image.digest)).toBe(false);
    await collector.passDelay();
    const claims = await collector.garbage().claim('manifest_review', 1000);
    const claim = claims.find(({ digest }) => digest === image.digest)!;
    await pushRows(collector.database, repository, image);
    expect(await collector.reviewOne('manifest_review', claim)).toBe('postponed');
    expect(await isThere(repository, image)).toBe(true);
  });

  it('is left for later while a push holds it, and stored again by a push that meets its end (R3)', async () => {
    const { repository } = await collector.aPlace();
    const image = anImage();
    await pushImageRows(collector.database, repository, image);
    await collector.passDelay();
    const claim = await collector.claimOf('manifest_review', image.digest);
    const verdict = await collector.database.transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM manifest WHERE digest = ${image.digest} FOR KEY SHARE`;
      return collector.reviewOne('manifest_review', claim);
    });
    expect(verdict).toBe('busy');
    for (let round = 0; round < 10; round += 1) {
      await collector.passDelay();
      const again = (await collector.garbage().claim('manifest_review', 1000)).find(
        ({ digest }) => digest === image.digest,
      );
      await Promise.all([
        pushRows(collector.database, repository, image, { tags: [`v${round}`] }),
        again && collector.reviewOne('manifest_review', again),
      ]);
      expect(await isThere(repository, image)).toBe(true);
      expect(await manifests().find(repository.name, parseReference(`v${round}`))).toMatchObject({
        digest: image.digest,
      });
      await collector.database.run((db) => db.$executeRaw`DELETE FROM tag WHERE digest = ${image.digest}`);
    }
  });
});
