import { chargedTo } from '@stowage/metadata/testing';
import { describe, expect, it } from 'vitest';
import { expireUploads, removeAbandonedBytes } from '../src/upload-expiry.js';
import { aPlace, bodyOf, openRegistry, outcomeOf, type Place, storedIn } from './open-registry.js';

const registry = openRegistry();
const LATER = () => new Date(Date.now() + 60_000);

async function fill(place: Place, size: number) {
  const session = await registry.uploads.start(place.repository, place.principal);
  return registry.uploads.append(place.repository, session, bodyOf(Buffer.alloc(size)));
}

const age = ({ id }: { id: string }) =>
  registry.database.run(
    (db) => db.$executeRaw`UPDATE upload_session SET touched_at = now() - interval '2 hours' WHERE id = ${id}::uuid`,
  );
const isOpen = async (place: Place, { id }: { id: string }) =>
  (await outcomeOf(registry.uploads.get(id, { name: place.repository.name, principal: place.principal }))) === 'ok';

describe('expireUploads', () => {
  it('ends the idle ones with bytes and reservation, and leaves the others (5.5, I7)', async () => {
    const place = await aPlace(registry);
    const before = await storedIn(registry);
    const [idle, busy] = [await fill(place, 100), await fill(place, 7)];
    await age(idle);
    expect(await expireUploads(registry, 3600)).toBe(1);
    expect([await isOpen(place, idle), await isOpen(place, busy)]).toEqual([false, true]);
    expect(await chargedTo(registry.database, place.tenant.namespace.id)).toEqual({ used: 0, reserved: 7 });
    expect(await storedIn(registry)).toEqual({ ...before, uploads: before.uploads + 1 });
    expect(await expireUploads(registry, 3600)).toBe(0);
  });

  it('ends more than fit into a batch, and each once when three workers run (R23)', async () => {
    const places = await Promise.all([aPlace(registry), aPlace(registry)]);
    const sessions = await Promise.all(places.flatMap((place) => Array.from({ length: 60 }, () => fill(place, 1))));
    await Promise.all(sessions.map(age));
    const ended = await Promise.all([1, 2, 3].map(() => expireUploads(registry, 3600)));
    expect(ended.reduce((sum, count) => sum + count)).toBe(120);
    for (const place of places)
      expect(await chargedTo(registry.database, place.tenant.namespace.id)).toEqual({ used: 0, reserved: 0 });
  });

  it('stops when it is told to', async () => {
    const place = await aPlace(registry);
    const session = await fill(place, 1);
    await age(session);
    expect(await expireUploads(registry, 3600, AbortSignal.abort())).toBe(0);
    expect(await isOpen(place, session)).toBe(true);
  });
});

describe('removeAbandonedBytes', () => {
  it('frees what no session names, and nothing else (K0, I7)', async () => {
    const place = await aPlace(registry);
    const session = await fill(place, 10);
    await registry.storage.beginUpload();
    await registry.storage.beginUpload();
    const before = await storedIn(registry);
    expect(await removeAbandonedBytes(registry, new Date(0))).toBe(0);
    expect(await removeAbandonedBytes(registry, LATER())).toBe(2);
    expect(await storedIn(registry)).toEqual({ ...before, uploads: before.uploads - 2 });
    expect((await registry.uploads.append(place.repository, session, bodyOf(Buffer.alloc(5)))).offset).toBe(15);
  });
});
