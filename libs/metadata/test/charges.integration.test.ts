import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Db } from '../src/database.js';
import { BlobStore } from '../src/registry/blob-store.js';
import { QuotaExceededError } from '../src/registry/charges.js';
import { deleteManifest } from '../src/registry/manifest-deletion.js';
import {
  anImage,
  anIndex,
  chargedTo,
  createRepository,
  createTenant,
  pushImageRows,
  pushRows,
  NO_TRASH,
  REVIEW_DELAY,
  sha256,
  storeBlob,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';
import { raceBehind } from '../src/testing/race-behind.js';

const opened = openDatabase();
const MB = 1_000_000;

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

const blobs = () => new BlobStore(opened.database, REVIEW_DELAY);

describe('charges', () => {
  it('count a blob once a namespace however many repositories link it, until the last link goes', async () => {
    const { repositories, charged, actor } = await tenantWith(MB, 3);
    const blob = sized(700);
    for (const repository of repositories) await storeBlob(opened.database, repository, blob);
    expect(await charged()).toEqual({ used: 700, reserved: 0 });
    const left: number[] = [];
    for (const repository of repositories) {
      await blobs().unlink(repository, blob.digest, actor);
      left.push((await charged()).used);
    }
    expect(left).toEqual([700, 700, 0]);
  });

  it('count a blob in each namespace that has it', async () => {
    const [one, other] = [await tenantWith(MB), await tenantWith(MB)];
    const blob = sized(10);
    await storeBlob(opened.database, one.repository, blob);
    await storeBlob(opened.database, other.repository, blob);
    expect([await one.charged(), await other.charged()]).toEqual(Array(2).fill({ used: 10, reserved: 0 }));
  });

  it('count the same upload to the same repository once (I9)', async () => {
    const { repository, charged } = await tenantWith(MB);
    const blob = sized(10);
    await storeBlob(opened.database, repository, blob);
    await storeBlob(opened.database, repository, blob);
    expect(await charged()).toEqual({ used: 10, reserved: 0 });
  });

  it('count the bytes of a manifest, once, and give them back', async () => {
    const { repositories, charged, actor } = await tenantWith(MB, 2);
    const image = anImage();
    for (const repository of repositories)
      await pushImageRows(opened.database, repository, image, { tags: ['a', 'b'] });
    const content = image.blobs.reduce((sum, { size }) => sum + size, image.bytes.length);
    expect(await charged()).toEqual({ used: content, reserved: 0 });
    for (const repository of repositories)
      await deleteManifest(opened.database, { repository, digest: image.digest, actor }, NO_TRASH);
    expect((await charged()).used).toBe(content - image.bytes.length);
  });

  it('are refused with the usage that there is by then, not with that from before the wait (R13)', async () => {
    const { repository, id } = await tenantWith(100);
    const lock = (tx: Db) => tx.$executeRaw`
      UPDATE namespace_usage SET used_bytes = used_bytes + 90 WHERE namespace_id = ${id}::uuid`;
    const push = () => storeBlob(opened.database, repository, sized(20));
    const [refused] = await raceBehind(opened.database, { lock, contenders: [push] });
    const usage = { usedBytes: 90, reservedBytes: 0, limitBytes: 100 };
    expect(refused).toMatchObject({
      status: 'rejected',
      reason: { name: 'QuotaExceededError', usage, neededBytes: 20 },
    });
  });

  it('lose two links of one blob at the same moment (R14)', async () => {
    const { repositories, charged, actor } = await tenantWith(MB, 4);
    for (let round = 0; round < 10; round += 1) {
      const blob = sized(10);
      for (const repository of repositories) await storeBlob(opened.database, repository, blob);
      await Promise.all(repositories.map((repository) => blobs().unlink(repository, blob.digest, actor)));
      expect(await charged()).toEqual({ used: 0, reserved: 0 });
    }
  });

  it('lose the links of one manifest at the same moment, with nothing else to wait for (R14)', async () => {
    const { repositories, charged, actor } = await tenantWith(MB, 4);
    for (let round = 0; round < 10; round += 1) {
      const index = anIndex([], { annotations: { round: randomUUID() } });
      for (const repository of repositories) await pushRows(opened.database, repository, index);
      const input = { digest: index.digest, actor };
      await Promise.all(
        repositories.map((repository) => deleteManifest(opened.database, { ...input, repository }, NO_TRASH)),
      );
      expect(await charged()).toEqual({ used: 0, reserved: 0 });
    }
  });

  it.each([
    { name: 'two 10 MB blobs into 15 MB', count: 2, size: 10 * MB, limit: 15 * MB, fit: 1 },
    { name: 'a hundred 1 MB blobs into 15.5 MB', count: 100, size: MB, limit: 15.5 * MB, fit: 15 },
  ])('let exactly $fit through: $name at once (R13, nexspence#328)', async ({ count, size, limit, fit }) => {
    const { repository, charged } = await tenantWith(limit);
    const outcomes = await Promise.allSettled(
      Array.from({ length: count }, () => storeBlob(opened.database, repository, sized(size))),
    );
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));
    expect(refused.map((error) => error.name)).toEqual(Array(count - fit).fill('QuotaExceededError'));
    expect(await charged()).toEqual({ used: fit * size, reserved: 0 });
    expect(await opened.database.run((db) => db.repositoryBlob.count({ where: { repositoryId: repository.id } }))).toBe(
      fit,
    );
  });

  it('take the last byte and refuse the next, with the numbers', async () => {
    const { repository } = await tenantWith(100);
    await storeBlob(opened.database, repository, sized(100));
    const refused = storeBlob(opened.database, repository, sized(1));
    await expect(refused).rejects.toMatchObject({
      usage: { usedBytes: 100, reservedBytes: 0, limitBytes: 100 },
      neededBytes: 1,
    });
  });

  it('never refuse what takes nothing, also when the limit was lowered below the usage', async () => {
    const { repository, repositories, charged, actor, id } = await tenantWith(1000, 2);
    const [blob, other] = [sized(600), sized(300)];
    await storeBlob(opened.database, repository, blob);
    await storeBlob(opened.database, repository, other);
    await opened.database.run((db) =>
      db.namespaceUsage.update({ where: { namespaceId: id }, data: { limitBytes: 1 } }),
    );
    await storeBlob(opened.database, repositories[1]!, blob);
    await storeBlob(opened.database, repository, sized(0));
    await blobs().unlink(repository, other.digest, actor);
    expect((await charged()).used).toBe(600);
  });

  it('refuse a manifest that does not fit, and keep nothing of it', async () => {
    const image = anImage();
    const { repository, charged } = await tenantWith(image.blobs.reduce((sum, { size }) => sum + size, 0));
    for (const blob of image.blobs) await storeBlob(opened.database, repository, blob);
    const before = await charged();
    await expect(pushRows(opened.database, repository, image, { tags: ['v1'] })).rejects.toThrow(QuotaExceededError);
    expect(await charged()).toEqual(before);
    expect(await opened.database.run((db) => db.tag.count({ where: { repositoryId: repository.id } }))).toBe(0);
  });
});
