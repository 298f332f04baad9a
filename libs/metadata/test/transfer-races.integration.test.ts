import { describe, expect, it } from 'vitest';
import { BlobStore } from '../src/registry/blob-store.js';
import { deleteManifest } from '../src/registry/manifest-deletion.js';
import { type RepositoryRecord, RepositoryStore } from '../src/registry/repository-store.js';
import { UploadSessionStore } from '../src/registry/upload-session-store.js';
import { RepositoryTransfers } from '../src/tenancy/repository-transfers.js';
import {
  aBlob,
  anImage,
  chargedTo,
  createRepository,
  createTenant,
  NO_TRASH,
  pushImageRows,
  pushRows,
  recount,
  REVIEW_DELAY,
  storeBlob,
  type Tenant,
  type TestImage,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';
import { raceBehind } from '../src/testing/race-behind.js';

const opened = openDatabase();
const transfers = () => new RepositoryTransfers(opened.database);

interface Offer {
  readonly source: Tenant;
  readonly target: Tenant;
  readonly repository: RepositoryRecord;
  readonly image: TestImage;
  readonly accept: () => Promise<unknown>;
}

async function anOffer(options: { limitBytes?: number } = {}): Promise<Offer> {
  const [source, target] = [await createTenant(opened.database), await createTenant(opened.database, options)];
  const image = anImage();
  const repository = await createRepository(opened.database, `${source.namespace.name}/app`);
  await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
  await transfers().request(repository, target.namespace.name, source.actor);
  const [transfer] = await transfers().list(target.namespace.id);
  const accept = () => transfers().accept(target.namespace, transfer!.id, target.actor);
  return { source, target, repository, image, accept };
}

/** Everybody who changes what a namespace is charged needs this row, and takes it last. */
const behindUsageOf = ({ namespace }: Tenant, contenders: readonly (() => Promise<unknown>)[]) =>
  raceBehind(opened.database, {
    lock: (tx) => tx.$queryRaw`SELECT 1 FROM namespace_usage WHERE namespace_id = ${namespace.id}::uuid FOR UPDATE`,
    contenders,
  });

/** I6: each of them is charged what it holds, and nothing is reserved for an upload that is gone. */
async function expectExact({ source, target }: Offer): Promise<void> {
  for (const { namespace } of [source, target]) {
    expect(await chargedTo(opened.database, namespace.id)).toEqual(await recount(opened.database, namespace.id));
  }
}

const home = async ({ repository }: Offer) =>
  (await new RepositoryStore(opened.database).find(repository.name))!.namespaceId;
const holds = async ({ repository }: Offer, digest: string) =>
  (await opened.database.run((db) => db.repositoryBlob.count({ where: { repositoryId: repository.id, digest } }))) ===
  1;
const transferred = { status: 'fulfilled', value: { kind: 'transferred' } };

describe('a transfer is accepted', () => {
  it('while a manifest is about to be charged: it goes along (R16, I6)', async () => {
    const offer = await anOffer();
    const pushed = anImage();
    for (const blob of pushed.blobs) await storeBlob(opened.database, offer.repository, blob);
    const push = () => pushRows(opened.database, offer.repository, pushed, { tags: ['v2'] });
    expect(await behindUsageOf(offer.source, [push, offer.accept])).toMatchObject([
      { status: 'fulfilled' },
      transferred,
    ]);
    expect(await home(offer)).toBe(offer.target.namespace.id);
    expect((await chargedTo(opened.database, offer.source.namespace.id)).used).toBe(0);
    await expectExact(offer);
  });

  it('while the last byte of a blob is about to be charged: it goes along (R16, I6)', async () => {
    const offer = await anOffer();
    const blob = aBlob();
    const finish = () => storeBlob(opened.database, offer.repository, blob);
    expect(await behindUsageOf(offer.source, [finish, offer.accept])).toMatchObject([
      { status: 'fulfilled' },
      transferred,
    ]);
    expect([await home(offer), await holds(offer, blob.digest)]).toEqual([offer.target.namespace.id, true]);
    await expectExact(offer);
  });

  it('before a push of what the old namespace would have been charged: the push is told, and nothing is (R16, I6)', async () => {
    const offer = await anOffer();
    const pushed = anImage();
    for (const blob of pushed.blobs) await storeBlob(opened.database, offer.repository, blob);
    const push = () => pushRows(opened.database, offer.repository, pushed, { tags: ['v2'] });
    const outcomes = await behindUsageOf(offer.target, [offer.accept, push]);
    expect(outcomes).toMatchObject([transferred, { status: 'rejected', reason: { name: 'DatabaseUnavailableError' } }]);
    await expectExact(offer);
    // What it is told is to try again, and then it knows where the repository is.
    const now = (await new RepositoryStore(opened.database).find(offer.repository.name))!;
    await pushRows(opened.database, now, pushed, { tags: ['v2'] });
    await expectExact(offer);
  });

  it('before the end of an upload: the upload is over, and what it had reserved is given back (I6, 4.14)', async () => {
    const offer = await anOffer();
    const { repository, source } = offer;
    const uploads = new UploadSessionStore(opened.database, REVIEW_DELAY);
    const principal = { kind: 'user' as const, id: source.owner.id };
    const session = await uploads.create({ repository, principal, storageToken: 'x' });
    const claimed = (await uploads.claim(session, 0))!;
    await uploads.advance(claimed, { offset: 100, storageToken: 'x', keepClaim: true });
    expect((await chargedTo(opened.database, source.namespace.id)).reserved).toBe(100);
    const blob = { ...aBlob(100), generation: crypto.randomUUID() };
    const outcomes = await behindUsageOf(offer.target, [
      offer.accept,
      () => uploads.finish({ ...claimed, reservedBytes: 100 }, { repository, blob, actor: source.actor }),
    ]);
    expect(outcomes).toMatchObject([transferred, { status: 'fulfilled', value: undefined }]);
    expect(await holds(offer, blob.digest)).toBe(false);
    expect(await chargedTo(opened.database, source.namespace.id)).toEqual({ used: 0, reserved: 0 });
    await expectExact(offer);
  });

  it('while an upload reserves: one after the other, and nothing stays reserved (R16, I6)', async () => {
    const offer = await anOffer();
    const { repository, source } = offer;
    const uploads = new UploadSessionStore(opened.database, REVIEW_DELAY);
    const principal = { kind: 'user' as const, id: source.owner.id };
    const session = await uploads.create({ repository, principal, storageToken: 'x' });
    const claimed = (await uploads.claim(session, 0))!;
    const advance = () => uploads.advance(claimed, { offset: 100, storageToken: 'y', keepClaim: false });
    const outcomes = await behindUsageOf(source, [advance, offer.accept]);
    expect(outcomes).toMatchObject([{ status: 'fulfilled', value: true }, transferred]);
    expect(await chargedTo(opened.database, source.namespace.id)).toEqual({ used: 0, reserved: 0 });
    await expectExact(offer);
  });

  it('while the image is being deleted: what is gone is charged to nobody (I6)', async () => {
    const offer = await anOffer();
    const { repository, image, source } = offer;
    const erase = () =>
      deleteManifest(opened.database, { repository, digest: image.digest, actor: source.actor }, NO_TRASH);
    const outcomes = await behindUsageOf(source, [erase, offer.accept]);
    expect(outcomes).toMatchObject([{ value: { outcome: 'deleted' } }, transferred]);
    const blobs = image.blobs.reduce((sum, { size }) => sum + size, 0);
    expect((await chargedTo(opened.database, offer.target.namespace.id)).used).toBe(blobs);
    await expectExact(offer);
  });

  it('while its blob is being mounted elsewhere in the old namespace: both have it, each is charged once (I6, R5)', async () => {
    const offer = await anOffer();
    const { repository, image, source } = offer;
    const other = await createRepository(opened.database, `${source.namespace.name}/other`);
    const { digest, size } = image.blobs[0]!;
    const mount = () =>
      new BlobStore(opened.database, REVIEW_DELAY).mount({
        source: repository.name,
        target: other,
        digest,
        actor: source.actor,
      });
    const outcomes = await behindUsageOf(offer.target, [offer.accept, mount]);
    expect(outcomes[0]).toMatchObject(transferred);
    const mounted = outcomes[1]?.status === 'fulfilled' && outcomes[1].value === true;
    expect((await chargedTo(opened.database, source.namespace.id)).used).toBe(mounted ? size : 0);
    await expectExact(offer);
  });

  it('while the new namespace takes its last free bytes: one of them is refused (I6, I7)', async () => {
    const offer = await anOffer({ limitBytes: 1000 });
    const needed = (await chargedTo(opened.database, offer.source.namespace.id)).used;
    const other = await createRepository(opened.database, `${offer.target.namespace.name}/other`);
    const fill = () => storeBlob(opened.database, other, aBlob(1000 - needed + 1));
    const [filled, accepted] = await behindUsageOf(offer.target, [fill, offer.accept]);
    const refused = { status: 'rejected', reason: { name: 'QuotaExceededError' } };
    // Both wait for the row itself, and either may be the first to have it.
    const isFilled = filled?.status === 'fulfilled';
    expect(isFilled ? accepted : filled).toMatchObject(refused);
    expect(isFilled ? filled : accepted).toMatchObject({ status: 'fulfilled' });
    expect(await home(offer)).toBe((isFilled ? offer.source : offer.target).namespace.id);
    await expectExact(offer);
  });
});
