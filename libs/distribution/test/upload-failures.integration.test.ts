import { randomUUID } from 'node:crypto';
import { aBlob, chargedTo } from '@stowage/metadata/testing';
import { failingSource, gatedSource } from '@stowage/storage/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aPlace, bodyOf, openRegistry, outcomeOf, type Place, readBlob, storedIn } from './open-registry.js';

const registry = openRegistry();
const current = (place: Place, { id }: { id: string }) =>
  registry.uploads.get(id, { name: place.repository.name, principal: place.principal });

afterEach(() => {
  vi.useRealTimers();
});

/** More than the buffers on the way hold, so that storage has got something when the body breaks off. */
const CUT = 6_000_000;
const SIZE = 7_000_000;

describe('a body that breaks off', () => {
  it('leaves what arrived, and the upload goes on from there with the right digest (I11)', async () => {
    const place = await aPlace(registry);
    const blob = aBlob(SIZE);
    const session = await registry.uploads.start(place.repository, place.principal);
    const stream = failingSource(blob.bytes.subarray(0, CUT), new Error('aborted'));
    const broken = registry.uploads.append(place.repository, session, { stream, length: SIZE, range: undefined });
    expect(await outcomeOf(broken)).toBe('BLOB_UPLOAD_INVALID');
    const { offset } = await current(place, session);
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThanOrEqual(CUT);
    expect(await chargedTo(registry.database, place.tenant.namespace.id)).toEqual({ used: 0, reserved: offset });
    const rest = bodyOf(blob.bytes.subarray(offset), { range: { first: offset, last: SIZE - 1 } });
    await registry.uploads.append(place.repository, await current(place, session), rest);
    await registry.uploads.finish(place.repository, await current(place, session), {
      digest: blob.digest,
      body: bodyOf(Buffer.alloc(0)),
      actor: place.actor,
    });
    expect(await readBlob(registry, place, blob)).toEqual(blob.bytes);
  });

  it('in a PUT does not publish half a blob, and can be tried again at once', async () => {
    const place = await aPlace(registry);
    const blob = aBlob(200_000);
    const session = await registry.uploads.start(place.repository, place.principal);
    const stream = failingSource(blob.bytes.subarray(0, 100_000), new Error('aborted'));
    const input = { digest: blob.digest, body: { stream, length: 200_000, range: undefined }, actor: place.actor };
    expect(await outcomeOf(registry.uploads.finish(place.repository, session, input))).toBe('BLOB_UPLOAD_INVALID');
    expect(await outcomeOf(registry.content.get(place.repository.name, blob.digest))).toBe('BLOB_UNKNOWN');
    const next = await current(place, session);
    const body = bodyOf(blob.bytes.subarray(next.offset));
    await registry.uploads.finish(place.repository, next, { digest: blob.digest, body, actor: place.actor });
    expect(await readBlob(registry, place, blob)).toEqual(blob.bytes);
  });
});

describe('a writer that lost its lease', () => {
  it('stops writing at its next renewal, and what it sent is not recorded (2.5: zombie writer)', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const place = await aPlace(registry);
    const session = await registry.uploads.start(place.repository, place.principal);
    const { source, reached } = gatedSource(Buffer.alloc(10), Buffer.alloc(10));
    const append = outcomeOf(
      registry.uploads.append(place.repository, session, { stream: source, length: undefined, range: undefined }),
    );
    await reached;
    await registry.database.run((db) =>
      db.uploadSession.update({ where: { id: session.id }, data: { writer: randomUUID() } }),
    );
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await append).toBe('BLOB_UPLOAD_UNKNOWN');
    expect((await current(place, session)).offset).toBe(0);
    source.destroy();
  });

  it('keeps the claim over any number of renewals while the body is slow', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const place = await aPlace(registry);
    const session = await registry.uploads.start(place.repository, place.principal);
    const { source, reached, open } = gatedSource(Buffer.alloc(10), Buffer.alloc(10));
    const append = outcomeOf(
      registry.uploads.append(place.repository, session, { stream: source, length: undefined, range: undefined }),
    );
    await reached;
    for (let round = 0; round < 5; round += 1) await vi.advanceTimersByTimeAsync(10_000);
    open();
    expect(await append).toBe('ok');
    expect((await current(place, session)).offset).toBe(20);
  });
});

describe('a session that can not be recorded', () => {
  it('leaves no bytes behind (I7)', async () => {
    const { repository } = await aPlace(registry);
    const before = await storedIn(registry);
    const nobody = { kind: 'user', id: 'nobody' } as const; // the database refuses what is no id
    await expect(registry.uploads.start(repository, nobody)).rejects.toThrow();
    expect(await storedIn(registry)).toEqual(before);
  });
});

describe('an outage of the storage', () => {
  it('is reported as one, leaves the session, and the PUT can be repeated when it is over', async () => {
    const place = await aPlace(registry);
    const blob = aBlob(100);
    const session = await registry.uploads.start(place.repository, place.principal);
    const filled = await registry.uploads.append(place.repository, session, bodyOf(blob.bytes));
    const finish = () =>
      registry.uploads.finish(place.repository, filled, {
        digest: blob.digest,
        body: bodyOf(Buffer.alloc(0)),
        actor: place.actor,
      });
    await registry.store.unmount();
    await expect(finish()).rejects.toMatchObject({ name: 'StorageUnavailableError' });
    await registry.store.mount();
    await finish();
    expect(await readBlob(registry, place, blob)).toEqual(blob.bytes);
  });

  it('during a PATCH changes nothing', async () => {
    const place = await aPlace(registry);
    const session = await registry.uploads.start(place.repository, place.principal);
    await registry.store.unmount();
    await expect(registry.uploads.append(place.repository, session, bodyOf(Buffer.alloc(10)))).rejects.toMatchObject({
      name: 'StorageUnavailableError',
    });
    await registry.store.mount();
    expect(
      (await registry.uploads.append(place.repository, await current(place, session), bodyOf(Buffer.alloc(10)))).offset,
    ).toBe(10);
  });
});
