import type { Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  CATALOG_ACCESS,
  generateSigningKey,
  type Principal,
  type RegistryAction,
  RegistryTokenSigner,
  repositoryAccess,
  type SigningKey,
  signingKeyTimes,
} from '@stowage/auth';
import { createTestDatabase } from '@stowage/dev-env/testing';
import {
  Database,
  type RepositoryRecord,
  type SigningKeyRecord,
  SigningKeyRotation,
  SigningKeyStore,
  type UserRecord,
} from '@stowage/metadata';
import {
  createRepository,
  createTenant,
  createUser,
  migratedTemplate,
  type Tenant,
  type TestImage,
} from '@stowage/metadata/testing';
import { parseRepositoryName } from '@stowage/oci';
import { MemoryDriver } from '@stowage/storage';
import { silentLogger } from '@stowage/telemetry';
import { afterAll, beforeAll } from 'vitest';
import { createRegistryApp } from '../src/create-registry-app.js';
import { type Answer, type RequestOptions, send } from './http-client.js';

export const PUBLIC_URL = new URL('https://registry.example');
export const SERVICE = 'registry.example';
export const UPLOAD_TTL_SECONDS = 3600;

/** Who asks: nobody, or a user with a token for the named repositories. */
export interface Asking {
  readonly user?: Pick<UserRecord, 'id' | 'username'>;
  /** Somebody who is no user. */
  readonly principal?: Principal;
  readonly credentialId?: string;
  readonly credentialExpiresAt?: Date | null;
  readonly access?: Readonly<Record<string, readonly RegistryAction[]>>;
  /** For `/v2/_catalog` as well. */
  readonly catalog?: boolean;
  /** The token was made that long ago. */
  readonly ageSeconds?: number;
}

export interface OpenApp {
  readonly app: NestFastifyApplication;
  readonly database: Database;
  readonly storage: MemoryDriver;
  /** `request('GET /v2/', { token })`. */
  request(line: string, options?: RequestOptions & { token?: string }): Promise<Answer>;
  token(asking?: Asking): Promise<string>;
}

export interface OpenOptions {
  /** Keeps the bytes; an ordinary storage in memory when absent. */
  readonly storage?: MemoryDriver;
  readonly redirectDownloads?: boolean;
}

/** The registry on a socket of its own, in front of Postgres and a storage in memory, for the tests of a file. */
export function openApp({ storage = new MemoryDriver(), redirectDownloads = false }: OpenOptions = {}): OpenApp {
  const opened = {} as { -readonly [Name in keyof OpenApp]: OpenApp[Name] };
  let dispose = async (): Promise<void> => undefined;
  beforeAll(async () => {
    const created = await createTestDatabase({ template: migratedTemplate });
    const database = new Database({ connectionString: created.connectionString });
    const times = signingKeyTimes({ periodSeconds: 3600, uploadTtlSeconds: UPLOAD_TTL_SECONDS });
    await new SigningKeyRotation(database, { ...times, generate: generateSigningKey }).ensure();
    const key = (await new SigningKeyStore(database).current()) as SigningKeyRecord & SigningKey;
    const app = await createRegistryApp({
      database,
      storage,
      logger: silentLogger,
      publicUrl: PUBLIC_URL,
      service: SERVICE,
      uploadTtlSeconds: UPLOAD_TTL_SECONDS,
      reviewDelaySeconds: 3600,
      trashRetentionSeconds: 0,
      sparseManifests: false,
      redirectDownloads,
      usagePage: (namespace) => `${PUBLIC_URL.origin}/${namespace}/usage`,
    });
    await app.listen(0, '127.0.0.1');
    const request: OpenApp['request'] = (line, { token, headers, ...rest } = {}) =>
      send(app.getHttpServer() as Server, line, {
        ...rest,
        headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      });
    Object.assign(opened, { app, database, storage, request, token: (asking: Asking = {}) => sign(key, asking) });
    dispose = async () => {
      await app.close();
      await database.close();
      await created.dispose();
    };
  });
  afterAll(() => dispose());
  return opened;
}

async function sign(
  key: SigningKey,
  { user, principal, credentialId, credentialExpiresAt = null, access = {}, catalog = false, ageSeconds = 0 }: Asking,
): Promise<string> {
  const clock = () => new Date(Date.now() - ageSeconds * 1000);
  const signer = new RegistryTokenSigner({
    issuer: PUBLIC_URL.origin,
    service: SERVICE,
    signingKey: async () => key,
    ttlSeconds: 300,
    clock,
  });
  const { token } = await signer.sign({
    principal: principal ?? (user ? { kind: 'user', id: user.id, name: user.username } : null),
    credentialId: credentialId ?? null,
    credentialExpiresAt,
    access: [
      ...Object.entries(access).map(([name, actions]) => repositoryAccess(parseRepositoryName(name), actions)),
      ...(catalog ? [CATALOG_ACCESS] : []),
    ],
  });
  return token;
}

export interface Acme {
  readonly tenant: Tenant;
  readonly name: string;
  readonly repository: RepositoryRecord;
  /** The owner's, for everything in the repository. */
  readonly token: string;
}

/** A private repository with its owner. */
export async function anAcme(
  opened: OpenApp,
  options: { visibility?: 'private' | 'public'; limitBytes?: number } = {},
): Promise<Acme> {
  const tenant = await createTenant(
    opened.database,
    options.limitBytes === undefined ? {} : { limitBytes: options.limitBytes },
  );
  const name = `${tenant.namespace.name}/app`;
  const repository = await createRepository(opened.database, name, { visibility: options.visibility ?? 'private' });
  const token = await opened.token({ user: tenant.owner, access: { [name]: ['pull', 'push', 'delete'] } });
  return { tenant, name, repository, token };
}

export async function anOutsider(
  opened: OpenApp,
  name: string,
  actions: readonly RegistryAction[] = [],
): Promise<string> {
  const user = await createUser(opened.database);
  return opened.token({ user, access: actions.length > 0 ? { [name]: actions } : {} });
}

export async function pushBlob(
  { request }: OpenApp,
  { name, token }: Pick<Acme, 'name' | 'token'>,
  blob: { digest: string; bytes: Buffer },
): Promise<Answer> {
  return request(`POST /v2/${name}/blobs/uploads/?digest=${blob.digest}`, { token, body: blob.bytes });
}

export async function pushImage(
  opened: OpenApp,
  acme: Pick<Acme, 'name' | 'token'>,
  image: TestImage,
  reference: string = image.digest,
): Promise<Answer> {
  for (const blob of image.blobs) await pushBlob(opened, acme, blob);
  const headers = { 'content-type': image.mediaType };
  return opened.request(`PUT /v2/${acme.name}/manifests/${reference}`, {
    token: acme.token,
    headers,
    body: image.bytes,
  });
}
