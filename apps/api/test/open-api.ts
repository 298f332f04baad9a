import { signingKeyTimes } from '@stowage/auth';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestDatabase } from '@stowage/dev-env/testing';
import { Database } from '@stowage/metadata';
import { aName, migratedTemplate } from '@stowage/metadata/testing';
import { MemoryDriver } from '@stowage/storage';
import { silentLogger } from '@stowage/telemetry';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll } from 'vitest';
import type { ApiOptions } from '../src/api-options.js';
import { createApiApp } from '../src/create-api-app.js';

export const ORIGIN = 'http://stowage.example';
export const PASSWORD = 'correct horse battery';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | number | undefined>;
  readonly text: string;
  readonly json: Record<string, unknown>;
  /** `name=value` of the cookie that the answer sets. */
  readonly cookie: string | undefined;
}

export interface ApiRequest {
  readonly body?: unknown;
  readonly cookie?: string | undefined;
  readonly token?: string;
  readonly headers?: Record<string, string>;
}

export interface OpenApi {
  readonly app: NestFastifyApplication;
  readonly database: Database;
  readonly connectionString: string;
  readonly storage: MemoryDriver;
  /** `ask('GET /session', { cookie })`; paths are below `/api/v1`. */
  ask(line: string, request?: ApiRequest): Promise<ApiAnswer>;
}

/** The management API in front of Postgres and a storage in memory, for the tests of a file. */
export function openApi(options: Partial<ApiOptions> = {}): OpenApi {
  const opened = {} as { -readonly [Name in keyof OpenApi]: OpenApi[Name] };
  let dispose = async (): Promise<void> => undefined;
  beforeAll(async () => {
    const created = await createTestDatabase({ template: migratedTemplate });
    const database = new Database({ connectionString: created.connectionString });
    const storage = new MemoryDriver();
    const app = await createApiApp({
      database,
      storage,
      logger: silentLogger,
      publicUrl: new URL(ORIGIN),
      signUp: 'open',
      sendsMail: false,
      defaultQuotaBytes: 1e9,
      reviewDelaySeconds: 3600,
      trashRetentionSeconds: 3600,
      signingKeyTimes: signingKeyTimes({ periodSeconds: 2_592_000, uploadTtlSeconds: 86_400 }),
      usagePage: (namespace) => `${ORIGIN}/${namespace}`,
      cookieSecret: 'x'.repeat(32),
      ...options,
    });
    const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    Object.assign(opened, {
      app,
      database,
      connectionString: created.connectionString,
      storage,
      ask: (line: string, request: ApiRequest = {}) => ask(fastify, line, request),
    });
    dispose = async () => {
      await app.close();
      await database.close();
      await created.dispose();
    };
  });
  afterAll(() => dispose());
  return opened;
}

async function ask(
  fastify: FastifyInstance,
  line: string,
  { body, cookie, token, headers }: ApiRequest,
): Promise<ApiAnswer> {
  const [method, path] = line.split(' ', 2);
  const answer = await fastify.inject({
    method: method as NonNullable<InjectOptions['method']>,
    url: `/api/v1${path}`,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie === undefined ? {} : { cookie }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  // A browser keeps the last one: a sign-in by somebody who was signed in clears the old cookie first.
  const cookieHeader = [answer.headers['set-cookie'] ?? []].flat().at(-1);
  const text = answer.body;
  const isOne = text.startsWith('{') && !String(answer.headers['content-type']).includes('ndjson');
  const json = isOne ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: answer.statusCode, headers: answer.headers, text, json, cookie: cookieHeader?.split(';')[0] };
}

export interface SignedIn {
  readonly username: string;
  readonly cookie: string;
  readonly id: string;
}

export async function signUp({ ask: askApi }: OpenApi): Promise<SignedIn> {
  const username = aName('u');
  const answer = await askApi('POST /accounts', {
    body: { username, email: `${username}@example.com`, password: PASSWORD },
  });
  if (answer.status !== 201 || !answer.cookie) throw new Error(`sign-up failed: ${answer.text}`);
  return { username, cookie: answer.cookie, id: (answer.json['user'] as { id: string }).id };
}

/** An access token of the user, limited to the grants. */
export async function createToken({ ask: askApi }: OpenApi, { cookie }: SignedIn, grants?: unknown): Promise<string> {
  const { json } = await askApi('POST /access-tokens', { cookie, body: { name: 'ci', grants } });
  return String(json['secret']);
}
