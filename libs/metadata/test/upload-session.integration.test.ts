import { randomUUID } from 'node:crypto';
import type { PrincipalKind } from '@stowage/contracts';
import { parseRepositoryName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import type { ClaimedSession } from '../src/registry/upload-session.js';
import { UploadSessionStore } from '../src/registry/upload-session-store.js';
import {
  aBlob,
  chargedTo,
  createRepository,
  createTenant,
  createUser,
  REVIEW_DELAY,
  storeBlob,
  userRef,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const sessions = () => new UploadSessionStore(opened.database, REVIEW_DELAY);

async function openSession() {
  const tenant = await createTenant(opened.database);
  const repository = await createRepository(opened.database, `${tenant.namespace.name}/app`);
  const session = await sessions().create({ repository, principal: userRef(tenant.owner), storageToken: randomUUID() });
  const find = () => sessions().find(session.id, { name: repository.name, principal: userRef(tenant.owner) });
  const claim = async (offset = 0) => (await sessions().claim((await find())!, offset))!;
  return { tenant, repository, session, find, claim, actor: tenant.actor };
}

/** As if the writer had been silent for longer than a lease: the database's clock decides. */
async function endLease(session: ClaimedSession): Promise<void> {
  await opened.database.run(
    (db) =>
      db.$executeRaw`UPDATE upload_session SET writer_until = now() - interval '1 second' WHERE id = ${session.id}::uuid`,
  );
}

const published = (size = 100) => ({ ...aBlob(size), generation: randomUUID() });
const to = (offset: number, keepClaim = false) => ({ offset, storageToken: 't', keepClaim });

describe('an upload session', () => {
  it('is found by the user who opened it in the repository it was opened in, and by nobody else (CVE-2026-32589)', async () => {
    const { tenant, repository, session } = await openSession();
    const { id: stranger } = await createUser(opened.database);
    const elsewhere = await createRepository(opened.database, `${tenant.namespace.name}/other`);
    const find = (id: string, name: string, userId: string, kind: PrincipalKind = 'user') =>
      sessions().find(id, { name: parseRepositoryName(name), principal: { kind, id: userId } });
    expect(await find(session.id, repository.name, tenant.owner.id)).toMatchObject({ id: session.id, offset: 0 });
    expect(await find(session.id, repository.name, stranger)).toBeUndefined();
    expect(await find(session.id, repository.name, tenant.owner.id, 'robot')).toBeUndefined();
    expect(await find(session.id, elsewhere.name, tenant.owner.id)).toBeUndefined();
    expect(await find(randomUUID(), repository.name, tenant.owner.id)).toBeUndefined();
  });

  it('has one writer: of twenty claims at one offset exactly one wins, every time (R7, I11)', async () => {
    const { session } = await openSession();
    for (let round = 0; round < 5; round += 1) {
      const claims = await Promise.all(Array.from({ length: 20 }, () => sessions().claim(session, 0)));
      const won = claims.filter((claim) => claim !== undefined);
      expect(won).toHaveLength(1);
      await sessions().release(won[0]!);
    }
  });

  it('is not claimed at an offset where it is not (R7)', async () => {
    const { session, claim } = await openSession();
    await sessions().advance(await claim(), to(10));
    expect(await sessions().claim(session, 0)).toBeUndefined();
    expect(await sessions().claim(session, 11)).toBeUndefined();
    expect(await sessions().claim(session, 10)).toMatchObject({ offset: 10 });
  });

  it('gives the claim back when it advances, unless it is kept', async () => {
    const { session, claim } = await openSession();
    const first = await claim();
    await sessions().advance(first, to(10, true));
    expect(await sessions().claim(session, 10)).toBeUndefined();
    await sessions().advance({ ...first, offset: 10, reservedBytes: 10 }, to(20));
    expect(await sessions().claim(session, 20)).toBeDefined();
  });

  it('can be taken from a writer whose lease has ended, who then changes nothing any more (2.5: zombie writer)', async () => {
    const { session, claim, find, repository, actor, tenant } = await openSession();
    const zombie = await claim();
    await endLease(zombie);
    const heir = (await sessions().claim(session, 0))!;
    expect(await sessions().renew(zombie)).toBe(false);
    expect(await sessions().advance(zombie, to(50))).toBe(false);
    expect(await sessions().finish(zombie, { repository, blob: published(), actor })).toBeUndefined();
    await sessions().release(zombie);
    expect(await find()).toMatchObject({ offset: 0, reservedBytes: 0 });
    expect(await chargedTo(opened.database, tenant.namespace.id)).toEqual({ used: 0, reserved: 0 });
    expect(await sessions().advance(heir, to(7))).toBe(true);
    expect(await find()).toMatchObject({ offset: 7 });
  });

  it('says whether it was taken from a writer that may wake up, and where its bytes are now', async () => {
    const { session, claim } = await openSession();
    const first = await claim();
    expect(first.takenOver).toBe(false);
    expect(await sessions().advance(first, { offset: 10, storageToken: 'elsewhere', keepClaim: false })).toBe(true);
    const silent = (await sessions().claim(session, 10))!;
    expect(silent).toMatchObject({ takenOver: false, storageToken: 'elsewhere', reservedBytes: 10 });
    await endLease(silent);
    const heir = (await sessions().claim(session, 10))!;
    expect(heir).toMatchObject({ takenOver: true, storageToken: 'elsewhere' });
    expect(await sessions().moveStaged(silent, 'nowhere')).toBe(false);
    expect(await sessions().moveStaged(heir, 'forked')).toBe(true);
    await sessions().release(heir);
    expect(await sessions().claim(session, 10)).toMatchObject({ takenOver: false, storageToken: 'forked' });
  });

  it('is not ended by a writer that has lost it, but by whoever has it, and by its owner', async () => {
    const { session, claim, find } = await openSession();
    const silent = await claim();
    await endLease(silent);
    const heir = (await sessions().claim(session, 0))!;
    expect(await sessions().discard(silent, silent.writer)).toBeUndefined();
    expect(await find()).toBeDefined();
    expect(await sessions().discard(heir, heir.writer)).toEqual({ token: session.storageToken, offset: 0 });
    const other = await openSession();
    await other.claim();
    expect(await sessions().discard(other.session)).toEqual({ token: other.session.storageToken, offset: 0 });
  });

  it('stays with a writer who renews, also when the lease had run out without an heir', async () => {
    const { session, claim } = await openSession();
    const writer = await claim();
    await endLease(writer);
    expect(await sessions().renew(writer)).toBe(true);
    expect(await sessions().claim(session, 0)).toBeUndefined();
  });

  it('ends once when it is finished twice at the same moment (R8)', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { claim, repository, actor, tenant, find } = await openSession();
      const writer = await claim();
      const blob = published();
      const outcomes = await Promise.all([1, 2].map(() => sessions().finish(writer, { repository, blob, actor })));
      expect(outcomes).toHaveLength(2);
      expect(outcomes).toEqual(expect.arrayContaining(['published', undefined]));
      expect(await chargedTo(opened.database, tenant.namespace.id)).toEqual({ used: blob.size, reserved: 0 });
      expect(await find()).toBeUndefined();
    }
  });

  it('ends either as a blob or as nothing when it is cancelled while it is finished (R9)', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { claim, repository, actor, tenant, session } = await openSession();
      const writer = await claim();
      const blob = published();
      const [outcome, discarded] = await Promise.all([
        sessions().finish(writer, { repository, blob, actor }),
        sessions().discard(session),
      ]);
      expect(discarded !== undefined).toBe(outcome === undefined);
      expect((await chargedTo(opened.database, tenant.namespace.id)).used).toBe(discarded ? 0 : blob.size);
    }
  });

  it('leaves blob, link, review and audit rows together', async () => {
    const { claim, repository, actor } = await openSession();
    const blob = published();
    await sessions().finish(await claim(), { repository, blob, actor });
    const { digest, generation } = blob;
    expect(await opened.database.run((db) => db.blob.findUnique({ where: { digest } }))).toMatchObject({
      generation,
      state: 'live',
    });
    expect(
      await opened.database.run((db) => db.linkReview.findFirst({ where: { digest, repositoryId: repository.id } })),
    ).toMatchObject({
      event: 'upload',
    });
    const audit = await opened.database.run((db) =>
      db.auditEvent.findMany({ where: { target: `${repository.name}@${digest}` } }),
    );
    expect(audit).toMatchObject([{ action: 'blob.push', actorId: actor.id, namespaceId: repository.namespaceId }]);
  });

  it('says that another upload of the same digest was there first', async () => {
    const { claim, repository, actor } = await openSession();
    const blob = published();
    await storeBlob(opened.database, repository, blob);
    expect(await sessions().finish(await claim(), { repository, blob, actor })).toBe('already there');
  });

  it('takes over a blob that garbage collection has condemned, with a new generation (2.2)', async () => {
    const { claim, repository, actor } = await openSession();
    const blob = published();
    await storeBlob(opened.database, repository, blob);
    await opened.database.run((db) => db.blob.update({ where: { digest: blob.digest }, data: { state: 'condemned' } }));
    expect(await sessions().finish(await claim(), { repository, blob, actor })).toBe('published');
    const row = await opened.database.run((db) => db.blob.findUnique({ where: { digest: blob.digest } }));
    expect(row).toMatchObject({ state: 'live', generation: blob.generation });
  });

  it("is idle by the database's clock, and never while somebody writes", async () => {
    const { claim, session } = await openSession();
    const age = () =>
      opened.database.run(
        (db) =>
          db.$executeRaw`UPDATE upload_session SET touched_at = now() - interval '1 day' WHERE id = ${session.id}::uuid`,
      );
    const isIdle = async () => (await sessions().listIdle(3600, 1000)).some(({ id }) => id === session.id);
    expect(await isIdle()).toBe(false);
    await age();
    expect(await isIdle()).toBe(true);
    const writer = await claim();
    await age();
    expect(await isIdle()).toBe(false);
    await endLease(writer);
    expect(await isIdle()).toBe(true);
  });
});
