import { Readable } from 'node:stream';
import { createTestDatabase } from '@stowage/dev-env/testing';
import { Database, type PrincipalRef, type RepositoryRecord } from '@stowage/metadata';
import {
  createRepository,
  createTenant,
  migratedTemplate,
  type Tenant,
  type TestBlob,
} from '@stowage/metadata/testing';
import type { ByteRange } from '@stowage/oci';
import type { StorageDriver } from '@stowage/storage';
import { openTempStore, type TempStore } from '@stowage/storage-fs/testing';
import { afterAll, beforeAll } from 'vitest';
import { BlobUploads, type UploadBody } from '../src/blob-uploads.js';
import { Blobs } from '../src/blobs.js';
import { createDistribution } from '../src/create-distribution.js';
import type { DistributionDependencies } from '../src/dependencies.js';
import { Manifests } from '../src/manifests.js';

/** Where the bytes are, for the tests of a file. */
export interface OpenStore {
  readonly driver: StorageDriver;
  dispose(): Promise<void>;
}

export interface OpenRegistry<Store extends OpenStore = OpenStore> extends DistributionDependencies {
  readonly store: Store;
  readonly uploads: BlobUploads;
  /** The same registry in another process: nothing in memory is shared. */
  readonly elsewhere: BlobUploads;
  readonly content: Blobs;
  readonly images: Manifests;
  /** What was reported as wrong, oldest first. */
  readonly anomalies: string[];
}

/** Everything that a registry is, in front of Postgres and files unless told otherwise, for the tests of a file. */
export function openRegistry(): OpenRegistry<TempStore>;
export function openRegistry(openStore: () => Promise<OpenStore>): OpenRegistry;
export function openRegistry(openStore: () => Promise<OpenStore> = openTempStore): OpenRegistry {
  const registry = {} as { -readonly [Name in keyof OpenRegistry]: OpenRegistry[Name] };
  let dispose = async (): Promise<void> => undefined;
  beforeAll(async () => {
    const created = await createTestDatabase({ template: migratedTemplate });
    const database = new Database({ connectionString: created.connectionString, maxConnections: 30 });
    const store = await openStore();
    const anomalies: string[] = [];
    const deps = createDistribution({
      database,
      storage: store.driver,
      reviewDelaySeconds: 3600,
      trashRetentionSeconds: 0,
      onAnomaly: (event) => anomalies.push(event),
      publicUrl: new URL('https://registry.example'),
      usagePage: (namespace) => `https://registry.example/${namespace}/usage`,
    });
    Object.assign(registry, deps, {
      anomalies,
      store,
      uploads: new BlobUploads(deps),
      elsewhere: new BlobUploads(deps),
      content: new Blobs(deps),
      images: new Manifests(deps),
    });
    dispose = async () => {
      await database.close();
      await created.dispose();
      await store.dispose();
    };
  });
  afterAll(() => dispose());
  return registry;
}

export interface Place {
  readonly tenant: Tenant;
  readonly repository: RepositoryRecord;
  readonly principal: PrincipalRef;
  readonly actor: Tenant['actor'];
}

/** A repository of a new tenant. */
export async function aPlace(registry: OpenRegistry, options: { limitBytes?: number } = {}): Promise<Place> {
  const tenant = await createTenant(registry.database, options);
  const repository = await createRepository(registry.database, `${tenant.namespace.name}/app`);
  return { tenant, repository, principal: { kind: 'user' as const, id: tenant.owner.id }, actor: tenant.actor };
}

export interface BodyOptions {
  readonly range?: ByteRange;
  /** False for a body that comes without `Content-Length`. */
  readonly isLengthKnown?: boolean;
}

export function bodyOf(bytes: Buffer, { range, isLengthKnown = true }: BodyOptions = {}): UploadBody {
  // A copy: the driver frees what it has stored, as it may do with the body of a request.
  const stream = Readable.from(bytes.length > 0 ? [Buffer.from(bytes)] : [], { objectMode: false });
  return { stream, length: isLengthKnown ? bytes.length : undefined, range };
}

/** POST and PUT. */
export async function pushBlob(
  registry: OpenRegistry,
  { repository, principal, actor }: Place,
  blob: TestBlob,
): Promise<void> {
  const session = await registry.uploads.start(repository, principal);
  await registry.uploads.finish(repository, session, { digest: blob.digest, body: bodyOf(blob.bytes), actor });
}

export async function readBlob(
  registry: OpenRegistry,
  { repository }: Place,
  { digest }: Pick<TestBlob, 'digest'>,
): Promise<Buffer> {
  const bytes = await registry.content.readSmall(repository.name, digest, Number.MAX_SAFE_INTEGER);
  return Buffer.from(bytes ?? []);
}

/** Every published object, and every upload that holds bytes or a place for them. */
export async function storedIn({ storage }: OpenRegistry): Promise<{ objects: number; uploads: number }> {
  let objects = 0;
  let uploads = 0;
  for await (const _ of storage.list('')) objects += 1;
  for await (const _ of storage.listUploads(new Date(Date.now() + 60_000))) uploads += 1;
  return { objects, uploads };
}

/** `ok`, or the code of the refusal; anything else that is thrown is a failure of the test. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (error instanceof Error && error.name === 'OciError') return (error as Error & { code: string }).code;
    throw error;
  }
}
