import { readdirSync, readFileSync } from 'node:fs';
import { paths } from '@stowage/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTempDir, removeDataDir } from '../../support/data-dir.js';
import { anImage } from '../../support/images.js';
import { callApi, readCookie, signUp } from '../../support/management-api.js';
import { randomName } from '../../support/random.js';
import { bytesOf } from '../../support/registry-client.js';
import { codeOf, hasSetupLink, printedSetupLink } from '../../support/setup-link.js';
import { type Stowage, startStowage } from '../../support/stowage.js';
import { clientOf } from '../../support/use-owner.js';

const administrator = { username: 'captain', email: 'captain@example.com', password: 'captain likes ships' };

describe('the first start on an empty folder (J1)', () => {
  const dataDir = makeTempDir('first-start');
  let stowage: Stowage;

  beforeAll(async () => {
    stowage = await startStowage({ dataDir });
  });

  afterAll(async () => {
    await stowage.stop();
    await removeDataDir(dataDir);
  });

  test('prints where it listens', async () => {
    expect(await stowage.printed(new RegExp(`http://localhost:${stowage.port}`))).toBeDefined();
  });

  test('answers for the registry, the API and the dashboard on one port', async () => {
    expect((await fetch(`${stowage.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${stowage.url}/readyz`)).status).toBe(200);
    expect((await fetch(`${stowage.url}/v2/`)).status).toBe(401);
    expect((await fetch(`${stowage.url}/.well-known/jwks.json`)).status).toBe(200);
    expect((await callApi(stowage.url, paths.setup)).body).toMatchObject({ administratorNeeded: true, signUp: 'open' });
    const page = await fetch(stowage.url);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  });

  test('has threads for more syncs than the four that libuv makes by itself', () => {
    const threads = `/proc/${stowage.pid}/task`;
    const names = readdirSync(threads).map((id) => readFileSync(`${threads}/${id}/comm`, 'utf8').trim());
    expect(names.filter((name) => name === 'libuv-worker')).toHaveLength(16);
  });

  test('has no administrator and no default password', async () => {
    for (const password of ['admin', 'password', 'stowage', 'changeme']) {
      const answer = await callApi(stowage.url, paths.session, { body: { login: 'admin', password } });
      expect(answer.status).toBe(401);
    }
  });

  test('the code of the printed link makes the administrator, once (A21)', async () => {
    const code = codeOf(await printedSetupLink(stowage));
    const wrong = await callApi(stowage.url, paths.setup, { body: { ...administrator, code: `${code}x` } });
    expect([400, 401, 403, 404]).toContain(wrong.status);
    const first = await callApi(stowage.url, paths.setup, { body: { ...administrator, code } });
    expect(first.status).toBe(201);
    const session = await callApi(stowage.url, paths.session, { headers: { cookie: readCookie(first.headers) } });
    expect(session.body).toMatchObject({ user: { username: 'captain', isAdmin: true } });
    const again = { ...administrator, username: 'pirate', email: 'pirate@example.com', code };
    const second = await callApi(stowage.url, paths.setup, { body: again });
    expect(second.status).toBeGreaterThanOrEqual(400);
    expect(second.status).toBeLessThan(500);
    expect((await callApi(stowage.url, paths.setup)).body).toMatchObject({ administratorNeeded: false });
  });

  test('somebody who signs up is no administrator', async () => {
    const person = await signUp(stowage.url);
    expect((await person.call(paths.session)).body).toMatchObject({ user: { isAdmin: false } });
  });
});

test('STOWAGE_ADMIN_* makes the administrator without a link', async () => {
  const dataDir = makeTempDir('admin-variables');
  const env = {
    STOWAGE_ADMIN_USERNAME: administrator.username,
    STOWAGE_ADMIN_EMAIL: administrator.email,
    STOWAGE_ADMIN_PASSWORD: administrator.password,
  };
  const stowage = await startStowage({ dataDir, env });
  try {
    const { username: login, password } = administrator;
    const session = await callApi(stowage.url, paths.session, { body: { login, password } });
    expect(session.body).toMatchObject({ user: { username: login, isAdmin: true } });
    expect(hasSetupLink(stowage)).toBe(false);
    expect(stowage.output).not.toContain(password);
    expect((await callApi(stowage.url, paths.setup)).body).toMatchObject({ administratorNeeded: false });
  } finally {
    await stowage.stop();
    await removeDataDir(dataDir);
  }
});

test('a second start in the same folder has everything of the first (J1)', async () => {
  const dataDir = makeTempDir('second-start');
  const first = await startStowage({ dataDir });
  const code = codeOf(await printedSetupLink(first));
  await callApi(first.url, paths.setup, { body: { ...administrator, code } });
  const person = await signUp(first.url);
  const repository = `${person.username}/${randomName('app')}`;
  const image = await anImage();
  await clientOf(first.url, person).pushImage(repository, 'v1', image);
  const jwks = await (await fetch(`${first.url}/.well-known/jwks.json`)).json();
  await first.stop();

  const second = await startStowage({ dataDir, port: first.port });
  try {
    const pulled = await clientOf(second.url, person).getManifest(repository, 'v1');
    expect((await bytesOf(pulled)).equals(image.manifest.bytes)).toBe(true);
    for (const layer of image.layers) {
      const blob = await clientOf(second.url, person).getBlob(repository, layer.digest);
      expect((await bytesOf(blob)).equals(layer.bytes)).toBe(true);
    }
    expect((await person.call(paths.session)).status, 'the session outlives the restart').toBe(200);
    expect(await (await fetch(`${second.url}/.well-known/jwks.json`)).json()).toEqual(jwks);
    expect(hasSetupLink(second)).toBe(false);
  } finally {
    await second.stop();
    await removeDataDir(dataDir);
  }
});

test('the link is printed again until somebody has used it', async () => {
  const dataDir = makeTempDir('unused-link');
  const first = await startStowage({ dataDir });
  await printedSetupLink(first);
  await first.stop();
  const second = await startStowage({ dataDir });
  try {
    const code = codeOf(await printedSetupLink(second));
    expect((await callApi(second.url, paths.setup, { body: { ...administrator, code } })).status).toBe(201);
  } finally {
    await second.stop();
    await removeDataDir(dataDir);
  }
});
