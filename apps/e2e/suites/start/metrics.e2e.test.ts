import { paths } from '@stowage/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseChallenge } from '../../support/challenge.js';
import { makeTempDir, removeDataDir } from '../../support/data-dir.js';
import { anImage } from '../../support/images.js';
import { callApi, type Person, signUp } from '../../support/management-api.js';
import { randomName } from '../../support/random.js';
import { RegistryClient } from '../../support/registry-client.js';
import { type Stowage, startStowage } from '../../support/stowage.js';
import { getToken, postToken } from '../../support/token-service.js';

const CANARY = randomName('canary');
const administrator = { username: randomName('captain'), password: `${CANARY}-admin likes ships` };
const dataDir = makeTempDir('data');
let running: Stowage;
let person: Person;
let repository: string;
/** Whatever nobody who reads metrics should learn, by what it is. */
const planted: Record<string, string> = {};

beforeAll(async () => {
  const env = {
    STOWAGE_ADMIN_USERNAME: administrator.username,
    STOWAGE_ADMIN_EMAIL: `${CANARY}@example.com`,
    STOWAGE_ADMIN_PASSWORD: administrator.password,
    STOWAGE_SIGNIN_GITHUB_CLIENT_ID: `${CANARY}-client`,
    STOWAGE_SIGNIN_GITHUB_CLIENT_SECRET: `${CANARY}-client-secret`,
    STOWAGE_SMTP_URL: `smtp://${CANARY}-mail:${CANARY}-mail-password@127.0.0.1:9`,
    STOWAGE_MAIL_FROM: `Registry <${CANARY}@example.com>`,
  };
  running = await startStowage({ dataDir, env });
  person = await signUp(running.url, 'someone');
  repository = `${person.username}/${randomName('app')}`;
  await use();
});

afterAll(async () => {
  await running?.stop();
  await removeDataDir(dataDir);
});

/** What every part does with secrets, when they are right and when they are wrong. */
async function use(): Promise<void> {
  const { url } = running;
  const client = new RegistryClient(url, { username: person.username, secret: person.token });
  const tag = randomName('tag');
  const image = await anImage();
  await client.pushImage(repository, tag, image);
  expect((await client.getManifest(repository, tag)).status).toBe(200);
  const { realm, service } = parseChallenge((await fetch(`${url}/v2/`)).headers.get('www-authenticate'));
  const query = {
    service,
    offline_token: 'true',
    client_id: `${CANARY}-client`,
    scope: `repository:${repository}:pull`,
  };
  const issued = await getToken(realm, query, { username: person.username, secret: person.token });
  expect(issued.status).toBe(200);
  await getToken(realm, query, { username: person.username, secret: `${CANARY}-wrong` });
  const form = { grant_type: 'refresh_token', service, client_id: 'docker' };
  await postToken(realm, { ...form, refresh_token: `${CANARY}-refresh` });
  await callApi(url, paths.session, { body: { login: person.username, password: `${CANARY}-wrong` } });
  for (const path of [`/v2/${CANARY}/app/tags/list`, `/${CANARY}?token=${CANARY}-query`, `/api/v1/${CANARY}`]) {
    await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${CANARY}-bearer`, cookie: `stowage=${CANARY}` },
    });
  }
  Object.assign(planted, {
    'a secret of the configuration, or one that was tried': CANARY,
    'a password': person.password,
    'an access token': person.token,
    'a session': person.cookie.split('=')[1],
    'a registry token': issued.body.token,
    'a refresh token': issued.body.refresh_token,
    'an address': person.email,
    'a namespace': person.username,
    'a repository': repository.split('/')[1],
    'a tag': tag,
    'a digest': image.manifest.digest.split(':')[1],
    'an administrator': administrator.username,
  });
}

describe('the metrics', () => {
  test('are there for a scraper, and name nobody and nothing of a tenant', async () => {
    const answer = await fetch(`${running.url}/metrics`);
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text).toMatch(/^process_cpu_seconds_total /m);
    expect(Object.values(planted).every((value) => typeof value === 'string' && value.length > 5)).toBe(true);
    for (const [what, value] of Object.entries(planted)) expect([what, text.includes(value)]).toEqual([what, false]);
  });

  test('have no label that could name one', async () => {
    const text = await (await fetch(`${running.url}/metrics`)).text();
    const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
    for (const label of ['namespace', 'repository', 'tag', 'digest', 'user', 'username', 'email', 'path', 'url']) {
      expect(labels).not.toContain(label);
    }
  });
});
