import { beforeAll, expect, test } from 'vitest';
import { expectOciError } from '../../support/expect-oci.js';
import { anImage } from '../../support/images.js';
import { setVisibility, signUp } from '../../support/management-api.js';
import { pagesOf } from '../../support/pages.js';
import { RegistryClient } from '../../support/registry-client.js';
import { clientOf, useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);
/** Names that a locale would order in another way than bytes do, and names that begin like others (distribution#4898). */
const PATHS = ['a', 'a-b', 'a.b', 'a/b', 'a/b/c', 'a_b', 'ab'];
let mine: string[] = [];
let stranger: RegistryClient;

beforeAll(async () => {
  mine = PATHS.map((path) => `${owner.namespace}/${path}`);
  const image = await anImage({ layers: 1 });
  for (const name of mine.toReversed()) await owner.client.pushImage(name, 'v1', image);
  stranger = clientOf(running.url, await signUp(running.url, 'stranger'));
});

/** Those of the suite's namespace: a registry that several suites share has others as well. */
async function listed(client: RegistryClient, query = ''): Promise<string[]> {
  const pages = await pagesOf<{ repositories: string[] }>(client, `/v2/_catalog${query}`);
  const all = pages.flatMap(({ page }) => page.repositories);
  expect(new Set(all).size).toBe(all.length);
  return all.filter((name) => name.startsWith(`${owner.namespace}/`));
}

test('lists the repositories of the caller in the order of bytes (P24, trap 1)', async () => {
  expect(await listed(owner.client)).toEqual(mine);
});

test.each([1, 2, 3])('pages of %i lead by Link through all of them, each once (P24)', async (n) => {
  expect(await listed(owner.client, `?n=${n}&last=${encodeURIComponent(`${owner.namespace}/`)}`)).toEqual(mine);
});

test('shows a stranger only what is public, and goes back to nothing (P24)', async () => {
  const [name = ''] = mine;
  expect(await listed(stranger)).toEqual([]);
  await setVisibility(owner.person, name, 'public');
  expect(await listed(stranger)).toEqual([name]);
  await setVisibility(owner.person, name, 'private');
  expect(await listed(stranger)).toEqual([]);
});

test('is closed to those who have not signed in (CVE-2020-29662)', async () => {
  const response = await new RegistryClient(running.url).request('GET', '/v2/_catalog');
  await expectOciError(response, 401, 'UNAUTHORIZED');
});

const NUMBERS: readonly { n: string; status: number }[] = [
  { n: '0', status: 200 },
  { n: '1000', status: 200 },
  { n: '1001', status: 200 },
  { n: '2147483647', status: 200 },
  { n: '9000000000000000000', status: 200 },
  { n: '-1', status: 400 },
  { n: '1e3', status: 400 },
  { n: '1.5', status: 400 },
  { n: 'abc', status: 400 },
  { n: '', status: 400 },
  { n: '0x10', status: 400 },
  { n: '99999999999999999999999', status: 400 },
];

test.each(NUMBERS)('n=$n is $status in every list (5.10, CVE-2023-2253)', async ({ n, status }) => {
  const [name = ''] = mine;
  const lists = ['/v2/_catalog', `/v2/${name}/tags/list`, `/v2/${name}/referrers/sha256:${'0'.repeat(64)}`];
  for (const list of lists) {
    const response = await owner.client.request('GET', `${list}?n=${n}`);
    if (status === 400) await expectOciError(response, 400, 'PAGINATION_NUMBER_INVALID');
    else expect((await response.arrayBuffer(), response.status), list).toBe(200);
  }
});
