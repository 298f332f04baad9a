import { beforeAll, expect, test } from 'vitest';
import { expectOciError } from '../../support/expect-oci.js';
import { anImage } from '../../support/images.js';
import { insist } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

/** ASCII order: digits, upper case, "_", lower case. A locale's order would mix the cases (P23, trap 1). */
const TAGS = ['1.10', '1.9', 'B', 'Z-last', '_hidden', 'a', 'b', 'latest'];

const running = useSharedStowage();
const owner = useOwner(running);
let repository = '';

beforeAll(async () => {
  repository = owner.newRepository();
  const image = await anImage();
  for (const tag of [...TAGS].reverse()) await owner.client.pushImage(repository, tag, image);
});

function listTags(query: string): Promise<Response> {
  return owner.client.request('GET', `/v2/${repository}/tags/list${query}`);
}

async function tagsOf(response: Response): Promise<string[]> {
  expect(response.status).toBe(200);
  const body = (await response.json()) as { name: string; tags: string[] };
  expect(body.name).toBe(repository);
  return body.tags;
}

test('lists every tag in ASCII order (P23, trap 1)', async () => {
  const response = await listTags('');
  expect(response.headers.get('link')).toBeNull();
  expect(await tagsOf(response)).toEqual(TAGS);
});

test.each([
  { query: '?n=3', expected: TAGS.slice(0, 3), more: true },
  { query: `?n=${TAGS.length}`, expected: TAGS, more: false },
  { query: '?n=100', expected: TAGS, more: false },
  { query: '?n=0', expected: [], more: false },
  { query: '?last=B', expected: TAGS.slice(3), more: false },
  { query: '?n=2&last=B', expected: TAGS.slice(3, 5), more: true },
  { query: '?last=C', expected: TAGS.slice(3), more: false },
  { query: '?last=zzz', expected: [], more: false },
])('answers $query with the right page (P23)', async ({ query, expected, more }) => {
  const response = await listTags(query);
  expect(response.headers.has('link')).toBe(more);
  expect(await tagsOf(response)).toEqual(expected);
});

test('following Link visits every tag once (P23)', async () => {
  const seen: string[] = [];
  let next: string | undefined = `/v2/${repository}/tags/list?n=3`;
  while (next !== undefined) {
    const response = await owner.client.request('GET', next);
    const link = response.headers.get('link');
    seen.push(...(await tagsOf(response)));
    next = link === null ? undefined : /^<([^>]+)>; ?rel="?next"?$/.exec(link)?.[1];
    if (link !== null) expect(next, link).toBeDefined();
  }
  expect(seen).toEqual(TAGS);
});

test.each(['?n=-1', '?n=abc', '?n=1.5'])('refuses %s', async (query) => {
  await expectOciError(await listTags(query), 400, 'PAGINATION_NUMBER_INVALID');
});

test('a repository that was never pushed to is 404 for its owner', async () => {
  const response = await owner.client.request('GET', `/v2/${owner.newRepository()}/tags/list`);
  await expectOciError(response, 404, 'NAME_UNKNOWN');
});

test('a repository without tags lists none', async () => {
  const untagged = owner.newRepository();
  const image = await anImage();
  await owner.client.pushImage(untagged, image.manifest.digest, image);
  const response = await owner.client.request('GET', `/v2/${untagged}/tags/list`);
  await insist(response.clone(), 200);
  expect(await response.json()).toEqual({ name: untagged, tags: [] });
});
