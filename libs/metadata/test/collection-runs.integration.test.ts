import { describe, expect, it } from 'vitest';
import { CollectionLog } from '../src/collection/collection-log.js';
import { CollectionPauses } from '../src/collection/collection-pauses.js';
import { CollectionRuns } from '../src/collection/collection-runs.js';
import { aBlob, storeBlob } from '../src/testing/index.js';
import { openCollector } from './open-collector.js';

const collector = openCollector();
const counts = { reviewed: 5, deleted: 3, postponed: 1, failures: 1, bytes: 0 };

describe('what collectors write down', () => {
  it('adds up in one row an hour, whoever writes and however many at once (G8)', async () => {
    const log = new CollectionLog(collector.database);
    const writes = Array.from({ length: 12 }, () => log.add(undefined, 'link_review', counts));
    await Promise.all([...writes, log.add(undefined, 'object_removal', { ...counts, bytes: 1_000 })]);
    const runs = new CollectionRuns(collector.database);
    const listed = await runs.list({ last: null, limit: 10 });
    // At the turn of an hour there are two.
    const reviewed = listed.map(({ queues }) => queues.link_review?.reviewed ?? 0);
    expect(reviewed.reduce((sum, count) => sum + count)).toBe(60);
    expect(listed.length).toBeLessThanOrEqual(2);
    expect(listed.every(({ isPeriodic, state }) => isPeriodic && state === 'succeeded')).toBe(true);
    const days = await runs.freedByDay(30);
    expect(days).toHaveLength(30);
    expect(days.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(1_000);
  });

  it('of a run that was asked for stands in a row of its own, with one audit row', async () => {
    const { tenant } = await collector.aPlace();
    const runs = new CollectionRuns(collector.database);
    const id = await runs.start(false, tenant.actor);
    expect(await runs.start(false, tenant.actor)).toBe(id);
    const dry = await runs.start(true, tenant.actor);
    expect(dry).not.toBe(id);
    await new CollectionLog(collector.database).add(id, 'blob_review', counts);
    expect(await runs.find(id)).toMatchObject({ isPeriodic: false, isDryRun: false, state: 'queued' });
    expect((await runs.find(id))?.queues).toEqual({ blob_review: counts });
    const audited = await collector.database.run((db) =>
      db.auditEvent.findMany({ where: { action: 'collection.start' } }),
    );
    expect(audited.map(({ detail }) => detail)).toEqual([
      { after: { dryRun: false, run: id } },
      { after: { dryRun: true, run: dry } },
    ]);
  });
});

describe('a pause', () => {
  it('lets no collector claim anything, on any replica, until it ends; each change has one audit row', async () => {
    const { repository, tenant } = await collector.aPlace();
    const { digest, size } = aBlob();
    await storeBlob(collector.database, repository, { digest, size });
    await collector.passDelay();
    const pauses = new CollectionPauses(collector.database);
    await pauses.pause('a backup is restored', tenant.actor);
    await pauses.pause('a backup is restored', tenant.actor);
    expect(await collector.garbage().claim('link_review', 100)).toEqual([]);
    expect(await pauses.find()).toMatchObject({ reason: 'a backup is restored', pausedBy: tenant.actor.name });
    await pauses.resume(tenant.actor);
    await pauses.resume(tenant.actor);
    expect(await pauses.find()).toBeUndefined();
    const claimed = await collector.garbage().claim('link_review', 100);
    expect(claimed.map((claim) => claim.digest)).toContain(digest);
    const audited = await collector.database.run((db) =>
      db.auditEvent.findMany({
        where: { action: { in: ['collection.pause', 'collection.resume'] } },
        orderBy: { id: 'asc' },
      }),
    );
    expect(audited.map(({ action, detail }) => ({ action, detail }))).toEqual([
      {
        action: 'collection.pause',
        detail: { before: { paused: false }, after: { paused: true, reason: 'a backup is restored' } },
      },
      {
        action: 'collection.resume',
        detail: { before: { paused: true, reason: 'a backup is restored' }, after: { paused: false } },
      },
    ]);
  });
});
