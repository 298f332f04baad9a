import { parseTagName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../src/actor.js';
import { Deletions } from '../src/trash/deletions.js';
import { forecastCollection } from '../src/collection/collection-forecast.js';
import type { RepositoryRecord } from '../src/registry/repository-store.js';
import { anImage, anIndex, chargedTo, pushImageRows, pushRows } from '../src/testing/index.js';
import { openCollector } from './open-collector.js';

const collector = openCollector();

/** What it deletes goes at once, and is looked at after so many seconds. */
async function untag(repository: RepositoryRecord, tag: string, actor: Actor, seconds: number): Promise<void> {
  const deletions = new Deletions(collector.database, { trashSeconds: 0, delay: { seconds } });
  await deletions.tags({ repository, tags: [{ name: parseTagName(tag) }], actor });
}

const rowsOfQueues = () =>
  collector.database.run(async (db) => [
    await db.manifestReview.findMany({ orderBy: { digest: 'asc' } }),
    await db.linkReview.findMany({ orderBy: { digest: 'asc' } }),
    await db.objectRemoval.findMany(),
    await db.blobReview.findMany(),
  ]);

async function collectAll(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await collector.passDelay();
    for (const queue of ['manifest_review', 'link_review', 'blob_review'] as const) await collector.review(queue);
  }
}

describe('a forecast (G7)', () => {
  it('tells what then goes, down to children, referrers and shared layers, and changes nothing', async () => {
    const { repository, tenant } = await collector.aPlace();
    const [kept, child] = [anImage(), anImage()];
    await pushImageRows(collector.database, repository, kept);
    await pushRows(collector.database, repository, kept, { tags: ['kept'] });
    await pushImageRows(collector.database, repository, child);
    const index = anIndex([child]);
    await pushRows(collector.database, repository, index, { tags: ['all'] });
    const subject = { mediaType: index.mediaType, digest: index.digest, size: index.bytes.length };
    const referrer = anImage({ extra: { subject } });
    await pushImageRows(collector.database, repository, referrer);
    await collectAll();

    await untag(repository, 'all', tenant.actor, 0);
    const [before, queued] = [await chargedTo(collector.database, tenant.namespace.id), await rowsOfQueues()];
    const forecast = await forecastCollection(collector.database);
    expect(await rowsOfQueues()).toEqual(queued);
    expect(forecast.due).toEqual({ manifests: 1, links: 0, objects: 0, bytes: 0 });
    expect(forecast.later).toMatchObject({ manifests: 2, links: child.blobs.length + referrer.blobs.length });

    await collectAll();
    const after = await chargedTo(collector.database, tenant.namespace.id);
    const share = forecast.namespaces.find(({ namespace }) => namespace === tenant.namespace.name)!;
    expect(share.dueBytes + share.laterBytes).toBe(before.used - after.used);
    expect(share.dueBytes).toBe(index.bytes.length);
    const removed = await collector.database.run((db) => db.objectRemoval.aggregate({ _sum: { size: true } }));
    expect(Number(removed._sum.size)).toBe(forecast.later.bytes);
    const nothing = await forecastCollection(collector.database);
    expect(nothing.later).toEqual({ manifests: 0, links: 0, objects: 0, bytes: 0 });
    expect(nothing.due).toMatchObject({ manifests: 0, links: 0, bytes: forecast.later.bytes });
  });

  it('leaves a blob out that another repository of the namespace keeps', async () => {
    const { repository, tenant } = await collector.aPlace();
    const other = await collector.anotherRepository(tenant);
    const image = anImage();
    await pushImageRows(collector.database, repository, image);
    await pushImageRows(collector.database, other, image);
    await pushRows(collector.database, other, image, { tags: ['kept'] });
    await pushRows(collector.database, repository, image, { tags: ['v1'] });
    await untag(repository, 'v1', tenant.actor, 0);
    const { namespaces } = await forecastCollection(collector.database);
    const share = namespaces.find(({ namespace }) => namespace === tenant.namespace.name);
    expect(share === undefined ? 0 : share.dueBytes + share.laterBytes).toBe(image.bytes.length);
  });
});
