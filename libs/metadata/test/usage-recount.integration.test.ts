import { describe, expect, it } from 'vitest';
import { hasDrifted, UsageRecount } from '../src/quota/recount.js';
import {
  aBlob,
  anImage,
  chargedTo,
  createRepository,
  createTenant,
  pushImageRows,
  storeBlob,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';
import { waitForLocks } from './wait-for-locks.js';

const opened = openDatabase();
const recount = () => new UsageRecount(opened.database);

async function aPlace() {
  const tenant = await createTenant(opened.database);
  const repository = await createRepository(opened.database, `${tenant.namespace.name}/app`);
  const image = anImage({ layers: 2 });
  await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
  const { id } = tenant.namespace;
  const charged = await chargedTo(opened.database, id);
  const audited = () =>
    opened.database.run((db) => db.auditEvent.findMany({ where: { namespaceId: id, action: 'usage.repair' } }));
  return { ...tenant, id, repository, image, charged, audited };
}

describe('a recount', () => {
  it('finds nothing after any work, and writes nothing then (I6, R14)', async () => {
    const { id, audited, charged } = await aPlace();
    const drift = (await recount().compare(id))!;
    expect(drift).toMatchObject({ chargedBytes: charged.used, recountedBytes: charged.used, wrongRows: 0 });
    expect(hasDrifted(drift)).toBe(false);
    expect(await recount().repair(id)).toBeUndefined();
    expect(await audited()).toEqual([]);
  });

  it('finds each kind of drift and repairs it, with an audit row', async () => {
    const { id, audited, charged, image } = await aPlace();
    const [lost, doubled] = image.blobs.map(({ digest }) => digest);
    await opened.database.run(async (db) => {
      await db.namespaceBlob.delete({ where: { namespaceId_digest: { namespaceId: id, digest: lost! } } });
      const key = { namespaceId_digest: { namespaceId: id, digest: doubled! } };
      await db.namespaceBlob.update({ where: key, data: { linkCount: 7 } });
      await db.namespaceBlob.create({ data: { namespaceId: id, digest: aBlob().digest, size: 5, linkCount: 1 } });
      await db.namespaceUsage.update({ where: { namespaceId: id }, data: { usedBytes: 12345, reservedBytes: 99 } });
    });
    const drift = (await recount().compare(id))!;
    expect(drift).toEqual({
      chargedBytes: 12345,
      recountedBytes: charged.used,
      chargedReservedBytes: 99,
      recountedReservedBytes: 0,
      wrongRows: 3,
    });
    expect(await recount().repair(id)).toEqual(drift);
    expect(hasDrifted((await recount().compare(id))!)).toBe(false);
    expect(await chargedTo(opened.database, id)).toEqual(charged);
    expect(await audited()).toMatchObject([
      {
        actorName: 'system',
        detail: { before: { usedBytes: 12345 }, after: { usedBytes: charged.used }, wrongRows: 3 },
      },
    ]);
  });

  it('repairs beside pushes that wait for the accounting row, and charges them too (I6, R14)', async () => {
    const { id, repository } = await aPlace();
    await opened.database.run((db) => db.namespaceUsage.update({ where: { namespaceId: id }, data: { usedBytes: 1 } }));
    const held = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const gate = opened.database.transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM namespace_usage WHERE namespace_id = ${id}::uuid FOR UPDATE`;
      held.resolve();
      await release.promise;
    });
    await held.promise;
    const repair = recount().repair(id);
    await waitForLocks(opened.database, 1);
    const pushes = [1, 2, 3].map((size) => storeBlob(opened.database, repository, aBlob(size)));
    await waitForLocks(opened.database, 4);
    release.resolve();
    await Promise.all([gate, repair, ...pushes]);
    expect(hasDrifted((await recount().compare(id))!)).toBe(false);
  });

  it('goes through all namespaces once, by pages', async () => {
    await Promise.all([aPlace(), aPlace()]);
    const seen: string[] = [];
    for (;;) {
      const page = await recount().namespacesAfter(seen.at(-1), 2);
      seen.push(...page.map(({ id }) => id));
      if (page.length < 2) break;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(await opened.database.run((db) => db.namespace.count()));
    expect(await recount().compare('00000000-0000-4000-8000-000000000000')).toBeUndefined();
  });
});
