// A purge that is killed between two of its steps (2.5, N1): what is left goes on, and nothing restores half of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTempDir, removeDataDir } from '../../support/data-dir.js';
import { anImage } from '../../support/images.js';
import { callApi, createOrganization, type Person, signUp } from '../../support/management-api.js';
import { poll } from '../../support/poll.js';
import { type Stowage, startStowage } from '../../support/stowage.js';
import { clientOf } from '../../support/use-owner.js';

describe('a namespace whose purge is killed in the middle (N1)', () => {
  const dataDir = makeTempDir('purge');
  let stowage: Stowage;
  let person: Person;
  let namespace: string;
  let entry: string;

  beforeAll(async () => {
    stowage = await startStowage({ dataDir, env: { STOWAGE_FAILPOINTS: 'N1:kill@3' } });
    person = await signUp(stowage.url, 'purge');
    namespace = await createOrganization(person);
    const client = clientOf(stowage.url, person);
    for (const repository of ['a', 'b']) await client.pushImage(`${namespace}/${repository}`, 'v1', await anImage());
    const deleted = await person.call(`/namespaces/${namespace}`, { method: 'DELETE' });
    expect(deleted.status).toBe(204);
    entry = (deleted.headers.get('location') ?? '').split('/').at(-1) ?? '';
  });

  afterAll(async () => {
    await stowage?.stop();
    await removeDataDir(dataDir);
  });

  const ask = (path: string, method = 'GET') =>
    callApi(stowage.url, path, { method, headers: { authorization: `Bearer ${person.token}` } });

  test('dies with some of it gone', async () => {
    await expect(person.call(`/trashed-namespaces/${entry}`, { method: 'DELETE' })).rejects.toThrow();
    expect(await stowage.died()).toBe('SIGKILL');
    await stowage.killEverything();
  });

  test('is finished after the next start; until then nobody can restore it', async () => {
    stowage = await startStowage({ dataDir });
    expect((await ask(`/trashed-namespaces/${entry}/restore`, 'POST')).status).toBe(404);
    expect((await ask('/trashed-namespaces')).body).toEqual({ items: [] });
    // The end of a purge is told in the log of the process, which is the only one that still knows of it.
    await poll(() => (/trash purged/.test(stowage.output) ? true : undefined), {
      timeoutMs: 120_000,
      what: 'the purge to go on',
    });
    expect((await ask(`/namespaces/${namespace}`)).status).toBe(404);
    const taken = await callApi(stowage.url, '/namespaces', {
      body: { name: namespace },
      headers: { authorization: `Bearer ${person.token}` },
    });
    expect(taken.status).toBe(409);
  });
});
