import { paths, signingKeyListSchema } from '@stowage/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anImage } from '../../support/images.js';
import { expectStatus, type Person, signUp } from '../../support/management-api.js';
import { poll } from '../../support/poll.js';
import { DatabaseView } from '../../support/topology/database-view.js';
import { Replicas } from '../../support/topology/replicas.js';
import { clientOf } from '../../support/use-owner.js';

const CLIENTS = 4;
const ROTATIONS = 3;

let replicas: Replicas;
let database: DatabaseView;
let administrator: Person;
let repository: string;

beforeAll(async () => {
  replicas = await Replicas.start({ registries: 2, auths: 2, env: { STOWAGE_SIGNING_KEY_PERIOD: '10' } });
  database = new DatabaseView(replicas.connectionString);
  administrator = await signUp(replicas.url, 'admin');
  await database.makeAdministrator(administrator.username);
  repository = `${administrator.username}/app`;
  await clientOf(replicas.url, administrator).pushImage(repository, 'v1', await anImage());
});

afterAll(async () => {
  await database?.close();
  await replicas?.stop();
});

const keyIdOf = (token: string): string =>
  (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;

/** Takes a token and pulls with it. */
async function pull(url: string): Promise<{ kid: string; token: string; status: number }> {
  const client = clientOf(url, administrator);
  const token = await client.tokenFor(`repository:${repository}:pull`);
  const response = await client.send('GET', `/v2/${repository}/manifests/v1`, {}, token);
  await response.arrayBuffer();
  return { kid: keyIdOf(token), token, status: response.status };
}

describe('the keys that sign tokens', () => {
  test('rotate under load without one failed request, old tokens included', { timeout: 180_000 }, async () => {
    const first = await pull(replicas.url);
    const kids = new Set([first.kid]);
    const statuses = new Map<number, number>();
    const work = async (): Promise<void> => {
      while (kids.size <= ROTATIONS) {
        const { kid, status } = await pull(replicas.url);
        kids.add(kid);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, work));
    expect([...statuses.keys()]).toEqual([200]);
    const old = await clientOf(replicas.url, administrator).send(
      'GET',
      `/v2/${repository}/manifests/v1`,
      {},
      first.token,
    );
    expect(old.status).toBe(200);
  });

  test('are gone from every replica soon after an administrator removes one', { timeout: 120_000 }, async () => {
    const list = async () =>
      signingKeyListSchema.parse(await expectStatus(200, administrator.call(paths.signingKeys))).items;
    const leaked = await pull(replicas.url);
    expect((await list()).map(({ kid }) => kid)).toContain(leaked.kid);
    await expectStatus(204, administrator.call(paths.signingKey(leaked.kid), { method: 'DELETE' }));
    for (const { url } of replicas.registries) {
      const client = clientOf(url, administrator);
      await poll(
        async () => {
          const response = await client.send('GET', `/v2/${repository}/manifests/v1`, {}, leaked.token);
          await response.arrayBuffer();
          return response.status === 401 ? true : undefined;
        },
        { what: 'the removed key to verify nothing', timeoutMs: 60_000 },
      );
    }
    await poll(async () => ((await pull(replicas.url)).status === 200 ? true : undefined), { what: 'a new key' });
    expect((await list()).map(({ kid }) => kid)).not.toContain(leaked.kid);
  });
});
