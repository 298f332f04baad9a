import { aBlob, anImage, chargedTo, createRepository, createTenant, recount } from '@stowage/metadata/testing';
import { describe, expect, it } from 'vitest';
import { aPlace, bodyOf, openRegistry, outcomeOf, type Place, pushBlob, readBlob, storedIn } from './open-registry.js';

const registry = openRegistry();
const current = (place: Place, { id }: { id: string }) =>
  registry.uploads.get(id, { name: place.repository.name, principal: place.principal });

/** Room for much, in layers that have none. */
async function aPlaceOfSmallLayers(layerLimitBytes: number): Promise<Place> {
  const place = await aPlace(registry, { limitBytes: 10_000 });
  const where = { namespaceId: place.tenant.namespace.id };
  await registry.database.run((db) => db.namespaceUsage.update({ where, data: { layerLimitBytes } }));
  return place;
}

describe.each([
  {
    limit: 'a namespace that is full',
    cites: '5.5, #6612, trap 9',
    placeOf: (bytes: number) => aPlace(registry, { limitBytes: bytes }),
    refusal: { code: 'DENIED', status: 403, message: expect.stringMatching(/\/usage/) as unknown },
  },
  {
    limit: 'a limit of the size of layers',
    cites: 'Q8',
    placeOf: aPlaceOfSmallLayers,
    refusal: {
      code: 'BLOB_TOO_LARGE',
      status: 413,
      message: expect.stringMatching(/may have 1000 bytes, .*\/usage$/) as unknown,
    },
  },
])('$limit', ({ cites, placeOf, refusal }) => {
  describe.each([{ request: 'PUT' }, { request: 'PATCH' }])('and a $request', ({ request }) => {
    it.each([
      { body: 'of a known length', isLengthKnown: true },
      { body: 'without a length', isLengthKnown: false },
    ])(
      `$body: refuses a byte too many, and keeps no session, bytes or reservation (${cites})`,
      async ({ isLengthKnown }) => {
        const place = await placeOf(1000);
        const before = await storedIn(registry);
        const session = await registry.uploads.start(place.repository, place.principal);
        const blob = aBlob(1001);
        const body = bodyOf(blob.bytes, { isLengthKnown });
        const push =
          request === 'PATCH'
            ? registry.uploads.append(place.repository, session, body)
            : registry.uploads.finish(place.repository, session, { digest: blob.digest, body, actor: place.actor });
        await expect(push).rejects.toMatchObject(refusal);
        expect(await outcomeOf(current(place, session))).toBe('BLOB_UPLOAD_UNKNOWN');
        expect(await storedIn(registry)).toEqual(before);
        expect(await chargedTo(registry.database, place.tenant.namespace.id)).toEqual({ used: 0, reserved: 0 });
      },
    );
  });
});

describe('a namespace that is full', () => {
  it('refuses at the chunk that crosses the limit, not at the end (5.5)', async () => {
    const place = await aPlace(registry, { limitBytes: 1000 });
    const opened = await registry.uploads.start(place.repository, place.principal);
    const session = await registry.uploads.append(place.repository, opened, bodyOf(Buffer.alloc(600)));
    expect(await outcomeOf(registry.uploads.append(place.repository, session, bodyOf(Buffer.alloc(600))))).toBe(
      'DENIED',
    );
    expect(await chargedTo(registry.database, place.tenant.namespace.id)).toEqual({ used: 0, reserved: 0 });
  });

  it('tells how full the namespace is when a session opens and when a manifest comes', async () => {
    const place = await aPlace(registry, { limitBytes: 10_000 });
    const session = await registry.uploads.start(place.repository, place.principal);
    expect(session.usage).toEqual({ usedBytes: 0, reservedBytes: 0, limitBytes: 10_000 });
    await registry.uploads.append(place.repository, session, bodyOf(Buffer.alloc(600)));
    const second = await registry.uploads.start(place.repository, place.principal);
    expect(second.usage).toEqual({ usedBytes: 0, reservedBytes: 600, limitBytes: 10_000 });
  });

  it('opens no session', async () => {
    const place = await aPlace(registry, { limitBytes: 100 });
    await pushBlob(registry, place, aBlob(100));
    expect(await outcomeOf(registry.uploads.start(place.repository, place.principal))).toBe('DENIED');
  });

  it('lets one of two uploads through that fit only alone (R13)', async () => {
    for (let round = 0; round < 5; round += 1) {
      const tenant = await createTenant(registry.database, { limitBytes: 1500 });
      const repository = await createRepository(registry.database, `${tenant.namespace.name}/app`);
      const place = {
        tenant,
        repository,
        principal: { kind: 'user' as const, id: tenant.owner.id },
        actor: tenant.actor,
      };
      const outcomes = await Promise.all(
        [aBlob(1000), aBlob(1000)].map((blob) => outcomeOf(pushBlob(registry, place, blob))),
      );
      expect(outcomes.toSorted()).toEqual(['DENIED', 'ok']);
      expect(await chargedTo(registry.database, tenant.namespace.id)).toEqual({ used: 1000, reserved: 0 });
    }
  });

  it('lets exactly fifteen of a hundred uploads through that fifteen and a half have room for (R13)', async () => {
    const place = await aPlace(registry, { limitBytes: 15_500 });
    const sessions = await Promise.all(
      Array.from({ length: 100 }, () => registry.uploads.start(place.repository, place.principal)),
    );
    // Every one has been let in: each has to be refused at its own bytes.
    const outcomes = await Promise.all(
      sessions.map((session) => {
        const { digest, bytes } = aBlob(1000);
        const finished = registry.uploads.finish(place.repository, session, {
          digest,
          body: bodyOf(bytes),
          actor: place.actor,
        });
        return outcomeOf(finished);
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(15);
    expect(outcomes.filter((outcome) => outcome === 'DENIED')).toHaveLength(85);
    const { id } = place.tenant.namespace;
    expect(await chargedTo(registry.database, id)).toEqual({ used: 15_000, reserved: 0 });
    expect(await recount(registry.database, id)).toEqual({ used: 15_000, reserved: 0 });
  });

  it('refuses a mount and a manifest as well, and still pulls and deletes', async () => {
    const [source, image] = [await aPlace(registry), anImage()];
    const layer = image.blobs[1]!;
    await pushBlob(registry, source, layer);
    const place = await aPlace(registry, { limitBytes: layer.size });
    await pushBlob(registry, place, layer);
    const other = aBlob(10);
    await pushBlob(registry, source, other);
    const { actor, repository } = place;
    expect(
      await outcomeOf(registry.content.mount(repository, other.digest, { sources: [source.repository.name], actor })),
    ).toBe('DENIED');
    expect(await readBlob(registry, place, layer)).toEqual(layer.bytes);
    expect(await outcomeOf(registry.content.delete(repository, layer.digest, actor))).toBe('ok');
  });
});

describe('a limit of the size of layers', () => {
  it('counts the chunks of one layer together, and takes one that is just as large (Q8)', async () => {
    const place = await aPlaceOfSmallLayers(1000);
    await pushBlob(registry, place, aBlob(1000));
    const opened = await registry.uploads.start(place.repository, place.principal);
    const session = await registry.uploads.append(place.repository, opened, bodyOf(Buffer.alloc(600)));
    expect(await outcomeOf(registry.uploads.append(place.repository, session, bodyOf(Buffer.alloc(401))))).toBe(
      'BLOB_TOO_LARGE',
    );
  });
});

describe('a mount into a namespace with a limit of the size of layers', () => {
  it('takes a layer that is just as large, and refuses a larger one as an upload is refused (Q8)', async () => {
    const [source, place] = [await aPlace(registry), await aPlaceOfSmallLayers(1000)];
    const [fitting, large] = [aBlob(1000), aBlob(1001)];
    for (const blob of [fitting, large]) await pushBlob(registry, source, blob);
    const mount = ({ digest }: typeof large) =>
      registry.content.mount(place.repository, digest, { sources: [source.repository.name], actor: place.actor });
    expect(await mount(fitting)).toBe(true);
    await expect(mount(large)).rejects.toMatchObject({
      code: 'BLOB_TOO_LARGE',
      message: expect.stringMatching(/may have 1000 bytes, .*\/usage$/) as unknown,
    });
    expect(await chargedTo(registry.database, place.tenant.namespace.id)).toEqual({ used: 1000, reserved: 0 });
  });
});

describe('a user', () => {
  it('opens a hundred uploads and no more (5.5)', async () => {
    const place = await aPlace(registry);
    const sessions = await Promise.all(
      Array.from({ length: 100 }, () => registry.uploads.start(place.repository, place.principal)),
    );
    await expect(registry.uploads.start(place.repository, place.principal)).rejects.toMatchObject({
      code: 'TOOMANYREQUESTS',
      headers: { 'Retry-After': '60' },
    });
    await registry.uploads.cancel(sessions[0]!);
    expect(await outcomeOf(registry.uploads.start(place.repository, place.principal))).toBe('ok');
  });
});
