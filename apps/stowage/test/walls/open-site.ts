import { createApiApp } from '@stowage/api';
import { signingKeyTimes } from '@stowage/auth';
import { createAuthApp } from '@stowage/auth-service';
import { createTestDatabase } from '@stowage/dev-env/testing';
import { Database } from '@stowage/metadata';
import { migratedTemplate } from '@stowage/metadata/testing';
import type { RequestLogger } from '@stowage/nest-kit';
import { createRegistryApp } from '@stowage/registry';
import { MemoryDriver } from '@stowage/storage';
import { silentLogger } from '@stowage/telemetry';
import { afterAll, beforeAll } from 'vitest';
import { appOf } from '../../src/http/front-door.js';

export const PUBLIC_URL = new URL('http://stowage.example');
export const COOKIE_SECRET = 'x'.repeat(32);

export interface SiteRequest {
  readonly method: string;
  /** From the root, encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The address that it comes from; 127.0.0.1 when absent. */
  readonly from?: string;
}

export interface SiteAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly text: string;
}

export interface Site {
  readonly database: Database;
  readonly connectionString: string;
  readonly storage: MemoryDriver;
  /** The registry, the token service or the management API, as the front door would choose. */
  send(request: SiteRequest): Promise<SiteAnswer>;
}

/** Every app that answers for tenants, over one Postgres and a storage in memory, for the tests of a file. */
export function openSite({ logger = silentLogger }: { logger?: RequestLogger } = {}): Site {
  const site = {} as { -readonly [Name in keyof Site]: Site[Name] };
  let dispose = async (): Promise<void> => undefined;
  beforeAll(async () => {
    const created = await createTestDatabase({ template: migratedTemplate });
    const database = new Database({ connectionString: created.connectionString });
    const storage = new MemoryDriver();
    const apps = await startApps({ database, storage, logger });
    Object.assign(site, {
      database,
      connectionString: created.connectionString,
      storage,
      send: (request: SiteRequest) => send(apps, request),
    });
    dispose = async () => {
      await Promise.all([apps.registry.close(), apps.auth.close(), apps.api.close()]);
      await database.close();
      await created.dispose();
    };
  });
  afterAll(() => dispose());
  return site;
}

type App = Awaited<ReturnType<typeof createApiApp>>;
type Apps = Record<'registry' | 'auth' | 'api', App>;

async function startApps(base: { database: Database; storage: MemoryDriver; logger: RequestLogger }): Promise<Apps> {
  const common = {
    ...base,
    publicUrl: PUBLIC_URL,
    service: PUBLIC_URL.host,
    reviewDelaySeconds: 3600,
    trashRetentionSeconds: 3600,
    signingKeyTimes: signingKeyTimes({ periodSeconds: 2_592_000, uploadTtlSeconds: 3600 }),
    usagePage: (namespace: string) => new URL(`/n/${namespace}/usage`, PUBLIC_URL).href,
  };
  const auth = await createAuthApp({ ...common, tokenTtlSeconds: 300 });
  const registry = await createRegistryApp({
    ...common,
    uploadTtlSeconds: 3600,
    sparseManifests: false,
    redirectDownloads: false,
  });
  const api = await createApiApp({
    ...common,
    signUp: 'open',
    sendsMail: false,
    defaultQuotaBytes: 1e9,
    cookieSecret: COOKIE_SECRET,
  });
  return { auth, registry, api };
}

async function send(apps: Apps, { method, path, headers = {}, body, from }: SiteRequest): Promise<SiteAnswer> {
  const owner = appOf(path.split('?')[0] ?? path);
  if (!(owner in apps)) return { status: 404, headers: {}, text: '' }; // the dashboard's files
  const isJson = body !== undefined && !Buffer.isBuffer(body) && typeof body !== 'string';
  const answer = await apps[owner as keyof Apps].inject({
    method: method as 'GET',
    url: path,
    ...(from === undefined ? {} : { remoteAddress: from }),
    headers: { ...(isJson ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body === undefined ? {} : { payload: isJson ? JSON.stringify(body) : (body as string | Buffer) }),
  });
  return { status: answer.statusCode, headers: answer.headers, text: answer.body };
}
