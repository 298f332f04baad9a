import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { KeySet, type RegistryTokenClaims, RegistryTokenVerifier, signingKeyTimes } from '@stowage/auth';
import { createTestDatabase } from '@stowage/dev-env/testing';
import { Database, migrate } from '@stowage/metadata';
import { silentLogger } from '@stowage/telemetry';
import { createAuthApp } from '../../src/index.js';

export const service = 'cr.example.com';
export const publicUrl = new URL('https://cr.example.com');
const MIGRATIONS = new URL('../../../../prisma/migrations', import.meta.url).pathname;

export interface TokenBody {
  readonly token: string;
  readonly access_token: string;
  readonly expires_in: number;
  readonly issued_at: string;
  readonly refresh_token?: string;
  readonly scope?: string;
}

export interface RunningService {
  readonly origin: string;
  readonly database: Database;
  /** GET /token with these parameters, in order; `service` is added unless one of them is. */
  get(params?: [string, string][], headers?: Record<string, string>): Promise<Response>;
  /** POST /token; `service` and `client_id` are added unless given. */
  post(form: Record<string, string>): Promise<Response>;
  /** What a verifier that has read the published keys makes of the answer's token. */
  claimsOf(response: Response): Promise<RegistryTokenClaims>;
  stop(): Promise<void>;
}

export const TIMES = signingKeyTimes({ periodSeconds: 2_592_000, uploadTtlSeconds: 86_400 });

/** The token service on a socket, on a migrated database of its own. */
export async function startService({
  tokenTtlSeconds = 300,
  privateIssuers = [] as readonly string[],
} = {}): Promise<RunningService> {
  const { connectionString, dispose } = await createTestDatabase();
  await migrate(connectionString, MIGRATIONS);
  const database = new Database({ connectionString });
  const stopDatabase = async () => {
    await database.close().catch(() => undefined); // closed by the test
    await dispose();
  };
  const app = await startApp(database, { tokenTtlSeconds, privateIssuers }).catch(async (error: unknown) => {
    await stopDatabase();
    throw error;
  });
  await app.listen(0, '127.0.0.1');
  const origin = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const verifier = new RegistryTokenVerifier({
    issuer: publicUrl.origin,
    service,
    keys: new KeySet({ load: () => readPublishedKeys(origin) }),
  });
  return {
    origin,
    database,
    get: (params = [], headers = {}) => {
      const all = params.some(([name]) => name === 'service') ? params : [['service', service], ...params];
      return fetch(`${origin}/token?${new URLSearchParams(all as [string, string][])}`, { headers });
    },
    post: (form) =>
      fetch(`${origin}/token`, { method: 'POST', body: new URLSearchParams({ service, client_id: 'test', ...form }) }),
    claimsOf: async (response) => verifier.verify(((await response.json()) as TokenBody).token),
    stop: async () => {
      await app.close();
      await stopDatabase();
    },
  };
}

async function startApp(
  database: Database,
  options: { tokenTtlSeconds: number; privateIssuers: readonly string[] },
): Promise<NestFastifyApplication> {
  const common = { database, logger: silentLogger, publicUrl, service, signingKeyTimes: TIMES };
  return createAuthApp({ ...common, ...options });
}

async function readPublishedKeys(origin: string): Promise<{ kid: string; publicJwk: Record<string, unknown> }[]> {
  const response = await fetch(`${origin}/.well-known/jwks.json`);
  const { keys } = (await response.json()) as { keys: (Record<string, unknown> & { kid: string })[] };
  return keys.map(({ kid, ...publicJwk }) => ({ kid, publicJwk }));
}

export function basic(login: string, password: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}` };
}

export async function bodyOf(response: Response): Promise<TokenBody> {
  return (await response.json()) as TokenBody;
}
