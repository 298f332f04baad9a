import { parseRepositoryName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { DatabaseUnavailableError } from '../src/database-errors.js';
import { QuotaExceededError } from '../src/registry/charges.js';
import { RepositoryStore } from '../src/registry/repository-store.js';
import { UploadSessionStore } from '../src/registry/upload-session-store.js';
import { replaceGrants } from '../src/tenancy/grant-store.js';
import { RepositoryTransfers } from '../src/tenancy/repository-transfers.js';
import { StandingStore } from '../src/tenancy/standing-store.js';
import {
  addMember,
  anImage,
  createRepository,
  createTenant,
  pushImageRows,
  recount,
  type Tenant,
  type TestImage,
  UploadEndedError,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const transfers = () => new RepositoryTransfers(opened.database);
const usageOf = ({ namespace }: Tenant) =>
  opened.database.run((db) => db.namespaceUsage.findUniqueOrThrow({ where: { namespaceId: namespace.id } }));

interface Offer {
  readonly source: Tenant;
  readonly target: Tenant;
  readonly repository: Awaited<ReturnType<typeof createRepository>>;
  readonly image: TestImage;
  readonly id: string;
}

/** A repository with an image, offered to another organisation. */
async function anOffer(options: { limitBytes?: number } = {}): Promise<Offer> {
  const [source, target] = [await createTenant(opened.database), await createTenant(opened.database, options)];
  const image = anImage({ layers: 2 });
  const repository = await createRepository(opened.database, `${source.namespace.name}/app`);
  await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
  expect(await transfers().request(repository, target.namespace.name, source.actor)).toBe('requested');
  const [transfer] = await transfers().list(target.namespace.id);
  return { source, target, repository, image, id: transfer!.id };
}

const accept = ({ target, id }: Offer) => transfers().accept(target.namespace, id, target.actor);

async function expectExactCharges(...tenants: Tenant[]): Promise<void> {
  for (const tenant of tenants) {
    const { used, reserved } = await recount(opened.database, tenant.namespace.id);
    const { usedBytes, reservedBytes } = await usageOf(tenant);
    expect([Number(usedBytes), Number(reservedBytes)]).toEqual([used, reserved]);
  }
}

describe('the transfer of a repository', () => {
  it('moves it with what it is charged; the old name leads to it (T10)', async () => {
    const offer = await anOffer();
    const { source, target, repository } = offer;
    const before = await usageOf(source);
    expect((await transfers().list(source.namespace.id))[0]).toMatchObject({
      id: offer.id,
      repository: repository.name,
      from: source.namespace.name,
      to: target.namespace.name,
      requestedBy: source.owner.username,
      sizeBytes: Number(before.usedBytes),
    });
    const moved = `${target.namespace.name}/app`;
    expect(await accept(offer)).toEqual({ kind: 'transferred', repository: moved });
    expect((await usageOf(target)).usedBytes).toBe(before.usedBytes);
    expect((await usageOf(source)).usedBytes).toBe(0n);
    await expectExactCharges(source, target);
    expect(await new RepositoryStore(opened.database).find(repository.name)).toMatchObject({
      id: repository.id,
      name: moved,
    });
    expect(await transfers().list(target.namespace.id)).toEqual([]);
    expect(await accept(offer)).toEqual({ kind: 'unknown' });
  });

  it('counts what both have once, and leaves what else the old one has', async () => {
    const offer = await anOffer();
    const { source, target, image } = offer;
    const shared = await createRepository(opened.database, `${target.namespace.name}/other`);
    await pushImageRows(opened.database, shared, image, { tags: ['same'] });
    const kept = await createRepository(opened.database, `${source.namespace.name}/kept`);
    await pushImageRows(opened.database, kept, image, { tags: ['same'] });
    const [before, alone] = [await usageOf(target), await usageOf(source)];
    expect((await transfers().list(target.namespace.id))[0]).toMatchObject({ sizeBytes: 0 });
    await accept(offer);
    expect((await usageOf(target)).usedBytes).toBe(before.usedBytes);
    expect((await usageOf(source)).usedBytes).toBe(alone.usedBytes);
    await expectExactCharges(source, target);
  });

  it('is refused when it does not fit, and changes nothing', async () => {
    const offer = await anOffer({ limitBytes: 10 });
    await expect(accept(offer)).rejects.toThrow(QuotaExceededError);
    expect(await new RepositoryStore(opened.database).find(offer.repository.name)).toEqual(offer.repository);
    await expectExactCharges(offer.source, offer.target);
    expect(await transfers().list(offer.target.namespace.id)).toHaveLength(1);
  });

  it('is refused where the name is taken, and stays to be accepted later', async () => {
    const offer = await anOffer();
    await createRepository(opened.database, `${offer.target.namespace.name}/app`);
    expect(await accept(offer)).toEqual({ kind: 'name taken' });
    expect(await transfers().list(offer.target.namespace.id)).toHaveLength(1);
  });

  it('there and back leaves the old names where they were', async () => {
    const offer = await anOffer();
    const { source, target, repository } = offer;
    await accept(offer);
    const there = (await new RepositoryStore(opened.database).find(repository.name))!;
    await transfers().request(there, source.namespace.name, target.actor);
    const [back] = await transfers().list(source.namespace.id);
    expect(await transfers().accept(source.namespace, back!.id, source.actor)).toMatchObject({ kind: 'transferred' });
    for (const name of [repository.name, there.name]) {
      expect(await new RepositoryStore(opened.database).find(name)).toEqual(repository);
    }
    await expectExactCharges(source, target);
  });

  it('ends rights and open uploads of the old namespace (4.14)', async () => {
    const offer = await anOffer();
    const { source, target, repository } = offer;
    const developer = await addMember(opened.database, source, 'developer');
    const subject = { kind: 'user' as const, id: developer.id };
    await opened.database.transaction((tx) =>
      replaceGrants(tx, { namespace: source.namespace, subject }, [{ repository: repository.name, actions: ['pull'] }]),
    );
    const uploads = new UploadSessionStore(opened.database, { seconds: 60 });
    const session = await uploads.create({ repository, principal: subject, storageToken: 'x' });
    const claimed = await uploads.claim(session, 0);
    await uploads.advance(claimed!, { offset: 700, storageToken: 'y', keepClaim: false });
    expect(Number((await usageOf(source)).reservedBytes)).toBe(700);
    await accept(offer);
    await expectExactCharges(source, target);
    expect(await uploads.find(session.id, { name: repository.name, principal: subject })).toBeUndefined();
    const standings = await new StandingStore(opened.database).list([repository.name], subject);
    expect(standings).toMatchObject([{ name: `${target.namespace.name}/app`, role: null, grants: [] }]);
  });

  it('is for the two sides alone', async () => {
    const offer = await anOffer();
    const other = await createTenant(opened.database);
    expect(await transfers().accept(other.namespace, offer.id, other.actor)).toEqual({ kind: 'unknown' });
    expect(await transfers().accept(offer.source.namespace, offer.id, offer.source.actor)).toEqual({ kind: 'unknown' });
    expect(await transfers().end(other.namespace, offer.id, other.actor)).toBe(false);
    expect(await transfers().end(offer.target.namespace, offer.id, offer.target.actor)).toBe(true);
    expect(await transfers().list(offer.source.namespace.id)).toEqual([]);
    const rows = await opened.database.run((db) =>
      db.auditEvent.findMany({ where: { target: offer.repository.name, action: { startsWith: 'transfer' } } }),
    );
    expect(rows.map(({ action }) => action)).toEqual(['transfer.request', 'transfer.decline']);
  });

  it('leaves the accounting exact while pushes to the repository go on', async () => {
    for (let round = 0; round < 4; round += 1) {
      const offer = await anOffer();
      const { source, target, repository } = offer;
      const pushes = Array.from({ length: 5 }, async (_, at) => {
        // What a push finds out first, before the transfer or after it.
        const found = (await new RepositoryStore(opened.database).find(repository.name))!;
        await pushImageRows(opened.database, found, anImage(), { tags: [`t${at}`] });
      });
      const [moved, ...pushed] = await Promise.allSettled([accept(offer), ...pushes]);
      expect(moved).toMatchObject({ status: 'fulfilled', value: { kind: 'transferred' } });
      // One that found the old namespace and came too late is told to try again, or that its upload has ended.
      const reasons = pushed.flatMap((push) => (push.status === 'rejected' ? [push.reason as Error] : []));
      for (const reason of reasons) {
        expect(
          [DatabaseUnavailableError, UploadEndedError].some((kind) => reason instanceof kind),
          reason.message,
        ).toBe(true);
      }
      await expectExactCharges(source, target);
    }
  });

  it('in opposite directions at once ends in one order or the other', async () => {
    const one = await anOffer();
    const { source, target } = one;
    const second = await createRepository(opened.database, `${target.namespace.name}/second`);
    await pushImageRows(opened.database, second, one.image, { tags: ['v1'] });
    await transfers().request(second, source.namespace.name, target.actor);
    const other = (await transfers().list(source.namespace.id)).find(({ to }) => to === source.namespace.name);
    await Promise.all([accept(one), transfers().accept(source.namespace, other!.id, source.actor)]);
    await expectExactCharges(source, target);
    const names = [
      parseRepositoryName(`${target.namespace.name}/app`),
      parseRepositoryName(`${source.namespace.name}/second`),
    ];
    for (const name of names) expect(await new RepositoryStore(opened.database).find(name)).toMatchObject({ name });
  });
});
