import { generateSecretToken } from '@stowage/auth';
import { aName } from '@stowage/metadata/testing';
import { createLogger, type Logger } from '@stowage/telemetry';
import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { openSite, type SiteAnswer, type SiteRequest } from './open-site.js';

const written: string[] = [];
const site = openSite({ logger: capturing() });

/** Everything that the apps would log, from the least important on. */
function capturing(): Logger {
  const destination = new PassThrough();
  destination.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  return createLogger({ level: 'debug', format: 'json', destination });
}

const CANARY = aName('canary');
const password = `${CANARY}-password`;
const refused: SiteAnswer[] = [];
let secret: string;
let cookie: string;

async function send(request: SiteRequest): Promise<SiteAnswer> {
  const answer = await site.send(request);
  if (answer.status >= 400) refused.push(answer);
  return answer;
}

const basic = (login: string, word: string) => ({
  authorization: `Basic ${Buffer.from(`${login}:${word}`).toString('base64')}`,
});

beforeAll(async () => {
  const username = aName('u');
  const account = { username, email: `${username}@example.com`, password };
  const signedUp = await send({ method: 'POST', path: '/api/v1/accounts', body: account });
  cookie = [signedUp.headers['set-cookie'] ?? []].flat().map(String).at(-1)?.split(';')[0] ?? '';
  const created = await send({
    method: 'POST',
    path: '/api/v1/access-tokens',
    headers: { cookie },
    body: { name: 'ci' },
  });
  secret = String((JSON.parse(created.text) as { secret: unknown }).secret);
  const stray = generateSecretToken('access').text;
  const attempts: SiteRequest[] = [
    { method: 'POST', path: '/api/v1/session', body: { login: username, password: `${CANARY}-wrong` } },
    {
      method: 'POST',
      path: '/api/v1/session',
      body: { login: username, password: `${CANARY}-x`, extra: `${CANARY}-y` },
    },
    {
      method: 'POST',
      path: '/api/v1/session',
      body: `{"password":"${CANARY}-torn`,
      headers: { 'content-type': 'application/json' },
    },
    { method: 'POST', path: '/api/v1/setup', body: { ...account, code: `${CANARY}-code` } },
    {
      method: 'POST',
      path: '/api/v1/account/password',
      headers: { cookie },
      body: { currentPassword: `${CANARY}-old`, newPassword: `${CANARY}-new-one` },
    },
    {
      method: 'GET',
      path: `/api/v1/session?token=${CANARY}-query`,
      headers: { authorization: `Bearer ${CANARY}-bearer` },
    },
    { method: 'GET', path: '/api/v1/session', headers: { authorization: `Bearer ${stray}${CANARY}` } },
    { method: 'GET', path: '/api/v1/session', headers: { cookie: `stowage=${CANARY}-cookie` } },
    {
      method: 'GET',
      path: `/token?service=stowage.example&password=${CANARY}-query`,
      headers: basic(username, `${CANARY}-basic`),
    },
    { method: 'GET', path: '/token?service=stowage.example', headers: basic(username, secret.slice(0, -1)) },
    {
      method: 'POST',
      path: '/token',
      body: `grant_type=password&service=stowage.example&client_id=x&username=${username}&password=${CANARY}-form`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    {
      method: 'POST',
      path: '/token',
      body: `grant_type=refresh_token&service=stowage.example&client_id=x&refresh_token=${CANARY}-refresh`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    { method: 'GET', path: '/v2/', headers: { authorization: `Bearer ${CANARY}-jwt` } },
    {
      method: 'GET',
      path: `/v2/${username}/app/tags/list?_state=${CANARY}-state`,
      headers: basic(username, `${CANARY}-v2`),
    },
  ];
  for (const attempt of attempts)
    expect([attempt.path, (await send(attempt)).status >= 400]).toEqual([attempt.path, true]);
  const used = await send({ method: 'GET', path: '/api/v1/session', headers: { authorization: `Bearer ${secret}` } });
  expect([
    used.status,
    (await send({ method: 'GET', path: '/token?service=stowage.example', headers: basic(username, secret) })).status,
  ]).toEqual([200, 200]);
});

/** Secrets as they were sent, and as they are kept by those who have them. */
const secrets = () => [CANARY, secret, decodeURIComponent(cookie.split('=')[1] ?? '')];

describe('a secret', () => {
  it('is in no line of the log', () => {
    expect(written.join('').length).toBeGreaterThan(100);
    for (const each of secrets()) expect(written.join('')).not.toContain(each);
  });

  it('is in no refusal', () => {
    expect(refused.length).toBeGreaterThanOrEqual(14);
    for (const { text, headers } of refused) {
      for (const each of secrets()) expect(`${JSON.stringify(headers)} ${text}`).not.toContain(each);
    }
  });

  it('is in no row of any table: only hashes are', async () => {
    const tables = await site.database.prepared<{ name: string }>(
      'secrets_tables',
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
      [],
    );
    let rows = 0;
    for (const { name } of tables) {
      const found = await site.database.prepared<{ row: string }>(
        `secrets_${name}`,
        `SELECT to_jsonb(t)::text AS row FROM "${name}" t`,
        [],
      );
      rows += found.length;
      const text = found.map(({ row }) => row).join('\n');
      for (const each of secrets()) expect([name, text.includes(each)]).toEqual([name, false]);
    }
    expect(rows).toBeGreaterThan(10);
  });
});
