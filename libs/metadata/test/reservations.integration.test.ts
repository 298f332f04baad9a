import { randomUUID } from 'node:crypto';
import type { Digest } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { QuotaExceededError } from '../src/registry/charges.js';
import { UploadSessionStore } from '../src/registry/upload-session-store.js';
import {
  aBlob,
  chargedTo,
  createRepository,
  createTenant,
  REVIEW_DELAY,
  sha256,
  storeBlob,
  userRef,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();

/** A blob of that size whose bytes nobody needs. */
const sized = (size: number) => ({ digest: sha256(Buffer.from(randomUUID())), size });

async function tenantWith(limitBytes: number, repositories = 1) {
  const tenant = await createTenant(opened.database, { limitBytes });
  const made = await Promise.all(
    Array.from({ length: repositories }, (_, at) =>
      createRepository(opened.database, `${tenant.namespace.name}/r${at}`),
    ),
  );
  const { id } = tenant.namespace;
  const charged = () => chargedTo(opened.database, id);
  return { tenant, actor: tenant.actor, repositories: made, repository: made[0]!, charged, id };
}

describe('reservations', () => {
  const sessions = () => new UploadSessionStore(opened.database, REVIEW_DELAY);

  async function openSession(limitBytes: number) {
    const context = await tenantWith(limitBytes);
    const session = await sessions().create({
      repository: context.repository,
      principal: userRef(context.tenant.owner),
      storageToken: randomUUID(),
    });
    const claimed = (await sessions().claim(session, 0))!;
    return { ...context, session, claimed };
  }

  it('grow with the durable bytes and become a charge when the upload ends', async () => {
    const { claimed, charged, repository, actor } = await openSession(1000);
    await sessions().advance(claimed, { offset: 400, storageToken: 't', keepClaim: true });
    expect(await charged()).toEqual({ used: 0, reserved: 400 });
    const grown = { ...claimed, offset: 400, reservedBytes: 400 };
    await sessions().advance(grown, { offset: 900, storageToken: 't', keepClaim: true });
    expect(await charged()).toEqual({ used: 0, reserved: 900 });
    const blob = { digest: aBlob().digest as Digest, size: 900, generation: 'g' };
    expect(await sessions().finish(grown, { repository, blob, actor })).toBe('published');
    expect(await charged()).toEqual({ used: 900, reserved: 0 });
  });

  it('are given back when the upload is discarded, and once only', async () => {
    const { claimed, charged, session } = await openSession(1000);
    await sessions().advance(claimed, { offset: 400, storageToken: 't', keepClaim: false });
    const outcomes = await Promise.all([1, 2, 3].map(() => sessions().discard(session)));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await charged()).toEqual({ used: 0, reserved: 0 });
  });

  it('are given back when the blob turns out to be charged already', async () => {
    const { claimed, charged, repository, actor } = await openSession(1000);
    const blob = sized(400);
    await storeBlob(opened.database, repository, blob);
    await sessions().advance(claimed, { offset: 400, storageToken: 't', keepClaim: true });
    await sessions().finish(claimed, { repository, blob: { ...blob, generation: 'g' }, actor });
    expect(await charged()).toEqual({ used: 400, reserved: 0 });
  });

  it('are refused over the limit, and then nothing is recorded (trap 9)', async () => {
    const { claimed, charged, repository, tenant } = await openSession(1000);
    await expect(sessions().advance(claimed, { offset: 1001, storageToken: 'x', keepClaim: false })).rejects.toThrow(
      QuotaExceededError,
    );
    expect(await charged()).toEqual({ used: 0, reserved: 0 });
    const found = await sessions().find(claimed.id, { name: repository.name, principal: userRef(tenant.owner) });
    expect(found).toMatchObject({ offset: 0, reservedBytes: 0, storageToken: claimed.storageToken });
  });
});
