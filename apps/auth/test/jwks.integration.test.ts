import { generateSigningKey } from '@stowage/auth';
import { createTestDatabase } from '@stowage/dev-env/testing';
import { Database, migrate } from '@stowage/metadata';
import { silentLogger } from '@stowage/telemetry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthApp } from '../src/index.js';
import { sql } from './support/people.js';
import { bodyOf, publicUrl, type RunningService, service, startService, TIMES } from './support/running-service.js';

let running: RunningService;

beforeAll(async () => {
  running = await startService();
});
afterAll(() => running.stop());

const PATH = '/.well-known/jwks.json';
const headerOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());

describe('the key set', () => {
  it('has public members only and may be kept for a minute', async () => {
    const response = await fetch(running.origin + PATH);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=60');
    const { keys } = (await response.json()) as { keys: object[] };
    expect(keys).toHaveLength(2); // the one that signs, and the next one
    for (const key of keys) {
      expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
      expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
    }
  });

  it('answers HEAD as GET, without the body', async () => {
    const head = await fetch(running.origin + PATH, { method: 'HEAD' });
    const get = await fetch(running.origin + PATH);
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    for (const name of ['content-length', 'cache-control']) expect(head.headers.get(name)).toBe(get.headers.get(name));
  });

  it('verifies the tokens, whose header names the key and brings none', async () => {
    const response = await running.get();
    const { token } = (await response.clone().json()) as { token: string };
    expect(headerOf(token)).toEqual({ alg: 'ES256', typ: 'JWT', kid: expect.any(String) });
    expect(await running.claimsOf(response)).toMatchObject({ principal: null });
  });

  it('leaves out keys that were taken away', async () => {
    const { kid, publicJwk, privateJwk } = await generateSigningKey();
    const [publicText, privateText] = [JSON.stringify(publicJwk), JSON.stringify(privateJwk)];
    const insert = `INSERT INTO signing_key (kid, public_jwk, private_jwk, signs_from, retired_at)
      VALUES ($1, $2::jsonb, $3::jsonb, now() - interval '1 day', now())`;
    await sql(running.database, insert, kid, publicText, privateText);
    expect(await (await fetch(running.origin + PATH)).text()).not.toContain(kid);
  });
});

describe('a token', () => {
  it('signs for the canonical origin, whatever host the request names', async () => {
    const response = await fetch(`${running.origin}/token?service=${service}`, {
      headers: { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
    });
    const [, payload = ''] = (await bodyOf(response)).token.split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      iss: publicUrl.origin,
      aud: service,
    });
  });
});

describe('several token services on one database', () => {
  it('start at once with one key and one that is next, and keep them when they start again', async () => {
    const { connectionString, dispose } = await createTestDatabase();
    await migrate(connectionString, new URL('../../../prisma/migrations', import.meta.url).pathname);
    const database = new Database({ connectionString });
    const start = () =>
      createAuthApp({
        database,
        logger: silentLogger,
        publicUrl,
        service,
        tokenTtlSeconds: 300,
        signingKeyTimes: TIMES,
      });
    const apps = await Promise.all([start(), start(), start()]);
    apps.push(await start());
    const kids = new Set<string>();
    for (const app of apps) {
      const answer = await app.getHttpAdapter().getInstance().inject(`/token?service=${service}`);
      kids.add(headerOf(answer.json<{ token: string }>().token).kid);
      await app.close();
    }
    expect(kids.size).toBe(1);
    const [row] = await database.prepared<{ count: number }>('t_keys', 'SELECT count(*)::int FROM signing_key', []);
    expect(row?.count).toBe(2);
    await database.close();
    await dispose();
  });
});
