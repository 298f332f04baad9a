import { aName, anImage, anIndex, createRepository, pushImageRows, pushRows } from '@stowage/metadata/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const api = openApi();
const people: Record<string, SignedIn> = {};
let namespace: string;

beforeAll(async () => {
  for (const role of ['owner', 'maintainer', 'developer', 'outsider']) people[role] = await signUp(api);
});
beforeEach(async () => {
  namespace = aName('org');
  await ask('POST', '/namespaces', { name: namespace });
  for (const role of ['maintainer', 'developer'])
    await ask('PUT', `/namespaces/${namespace}/members/${people[role]!.username}`, { role });
});

const ask = (method: string, path: string, body?: unknown, by = 'owner') =>
  api.ask(`${method} ${path}`, { cookie: people[by]!.cookie, ...(body === undefined ? {} : { body }) });
const repositoryPath = (path = 'app') => `/namespaces/${namespace}/repositories/${encodeURIComponent(path)}`;
const push = async (tags: readonly string[], image = anImage(), path = 'app') => {
  const repository = await createRepository(api.database, `${namespace}/${path}`);
  await pushImageRows(api.database, repository, image, { tags, keptSeconds: 3600 });
  return image;
};
const entryOf = (answer: { headers: Record<string, unknown> }) => {
  const location = String(answer.headers['location']);
  expect(location).toMatch(/^\/api\/v1\//);
  return location.slice('/api/v1'.length);
};
const bytesOf = ({ bytes, blobs }: ReturnType<typeof anImage>) =>
  bytes.length + blobs.reduce((sum, { size }) => sum + size, 0);

describe('deleting', () => {
  it('tells where it can be undone, and undoes it', async () => {
    const image = await push(['v1', 'v2']);
    const gone = await ask('DELETE', `${repositoryPath()}/tags/v1`);
    expect(gone.status).toBe(204);
    const entry = await ask('GET', entryOf(gone));
    expect(entry.json).toMatchObject({ kind: 'tag', repository: 'app', name: 'v1', digest: image.digest });
    const listed = await ask('GET', `/namespaces/${namespace}/trash`, undefined, 'maintainer');
    expect(listed.json['items']).toEqual([entry.json]);
    expect((await ask('POST', `${entryOf(gone)}/restore`, {}, 'maintainer')).json).toEqual({
      target: `${namespace}/app:v1`,
      left: [],
    });
    expect((await ask('GET', `${repositoryPath()}/tags/v1`)).status).toBe(200);
    expect((await ask('POST', `${entryOf(gone)}/restore`, {})).status).toBe(404);
  });

  it('a restore over a taken name is 409 and says what to do', async () => {
    await push(['v1']);
    const gone = await ask('DELETE', `${repositoryPath()}/tags/v1`);
    await push(['v1']);
    const refused = await ask('POST', `${entryOf(gone)}/restore`, {});
    expect(refused.status).toBe(409);
    expect(refused.json['detail']).toContain('The name v1 is taken');
  });

  it('a repository by maintainers, and purging it by owners', async () => {
    await push(['v1']);
    expect((await ask('DELETE', repositoryPath(), undefined, 'developer')).status).toBe(403);
    const gone = await ask('DELETE', repositoryPath(), undefined, 'maintainer');
    expect(gone.status).toBe(204);
    expect((await ask('GET', repositoryPath())).status).toBe(404);
    expect((await ask('DELETE', entryOf(gone), undefined, 'maintainer')).status).toBe(403);
    expect((await ask('DELETE', entryOf(gone))).json).toEqual({ state: 'purged' });
    expect((await ask('GET', `/namespaces/${namespace}/usage`)).json['usedBytes']).toBe(0);
  });

  it('a namespace by its owners, who find it in their list; others do not', async () => {
    await push(['v1']);
    expect((await ask('DELETE', `/namespaces/${namespace}`, undefined, 'maintainer')).status).toBe(403);
    const gone = await ask('DELETE', `/namespaces/${namespace}`);
    expect(gone.status).toBe(204);
    expect((await ask('GET', `/namespaces/${namespace}`)).status).toBe(404);
    const mine = await ask('GET', '/trashed-namespaces');
    expect(mine.json['items']).toEqual([expect.objectContaining({ kind: 'namespace', name: namespace })]);
    expect((await ask('GET', '/trashed-namespaces', undefined, 'maintainer')).json).toEqual({ items: [] });
    expect((await ask('POST', `${entryOf(gone)}/restore`, undefined, 'outsider')).status).toBe(404);
    expect((await ask('POST', `${entryOf(gone)}/restore`)).json).toMatchObject({ target: namespace });
    expect((await ask('GET', `${repositoryPath()}/tags/v1`)).status).toBe(200);
  });

  it('a personal namespace is told where it goes', async () => {
    const refused = await ask('DELETE', `/namespaces/${people['owner']!.username}`);
    expect(refused.status).toBe(409);
    expect(refused.json['detail']).toContain('goes with the account');
  });
});

describe('the preview of a deletion', () => {
  const preview = async (path: string) => (await ask('GET', `${path}/delete-preview`)).json;

  it('counts what leaves and what stays', async () => {
    const shared = anImage();
    const kept = await push(['kept'], anImage({ layers: [shared.blobs[1]!] }));
    const image = await push(['v1'], anImage({ layers: [shared.blobs[1]!] }));
    expect(kept.digest).not.toBe(image.digest);
    expect(await preview(`${repositoryPath()}/tags/v1`)).toMatchObject({
      exclusiveBytes: bytesOf(image) - image.blobs[1]!.size,
      sharedBytes: image.blobs[1]!.size,
      tags: 1,
      tagNames: ['v1'],
      manifests: 1,
      neededBy: [],
    });
    expect((await ask('GET', `${repositoryPath()}/tags/nope/delete-preview`)).status).toBe(404);
  });

  it('of a tag whose image has another one frees nothing; of the image, all of it', async () => {
    const image = await push(['v1', 'v2']);
    expect(await preview(`${repositoryPath()}/tags/v1`)).toMatchObject({ exclusiveBytes: 0, manifests: 0, tags: 1 });
    expect(await preview(`${repositoryPath()}/manifests/${image.digest}`)).toMatchObject({
      exclusiveBytes: bytesOf(image),
      manifests: 1,
      tags: 2,
    });
  });

  it('follows an index to its children and to what refers to it, and names an index that is in the way', async () => {
    const child = await push([]);
    const repository = await createRepository(api.database, `${namespace}/app`);
    const index = anIndex([child]);
    await pushRows(api.database, repository, index, { tags: ['multi'] });
    const subject = { mediaType: index.mediaType, digest: index.digest, size: index.bytes.length };
    const signature = await push([], anImage({ extra: { subject } }));
    expect(await preview(`${repositoryPath()}/tags/multi`)).toMatchObject({
      exclusiveBytes: bytesOf(child) + index.bytes.length + bytesOf(signature),
      manifests: 3,
      referrers: 1,
    });
    expect(await preview(`${repositoryPath()}/manifests/${child.digest}`)).toMatchObject({ neededBy: [index.digest] });
    expect(await preview(repositoryPath())).toMatchObject({ manifests: 3, repositories: 1, sharedBytes: 0 });
    expect(await preview(`/namespaces/${namespace}`)).toMatchObject({ manifests: 3, repositories: 1, tags: 1 });
  });

  it('says what a purge then really frees', async () => {
    const image = await push(['v1']);
    await push(['other']);
    const before = Number((await ask('GET', `/namespaces/${namespace}/usage`)).json['usedBytes']);
    const told = await preview(`${repositoryPath()}/manifests/${image.digest}`);
    const gone = await ask('DELETE', `${repositoryPath()}/manifests/${image.digest}`);
    await ask('DELETE', entryOf(gone));
    const after = Number((await ask('GET', `/namespaces/${namespace}/usage`)).json['usedBytes']);
    expect(before - after).toBe(told['exclusiveBytes']);
  });
});

describe('the history of a tag', () => {
  it('tells every move, and leads back (G9)', async () => {
    const [first, second] = [await push(['v1']), await push(['v1'])];
    const history = async () => (await ask('GET', `${repositoryPath()}/tags/v1/history`)).json['items'];
    expect(await history()).toMatchObject([
      { kind: 'moved', digest: second.digest, previousDigest: first.digest, restorable: true },
      { kind: 'created', digest: first.digest, restorable: true, keptUntil: expect.any(String) },
    ]);
    const restored = await ask('POST', `${repositoryPath()}/tags/v1/restore`, { digest: first.digest });
    expect(restored.json).toMatchObject({ name: 'v1', digest: first.digest });
    expect(await history()).toHaveLength(3);
    const never = await ask('POST', `${repositoryPath()}/tags/v1/restore`, { digest: `sha256:${'1'.repeat(64)}` });
    expect(never.status).toBe(409);
    await ask('DELETE', `${repositoryPath()}/manifests/${second.digest}`);
    const gone = await ask('POST', `${repositoryPath()}/tags/v1/restore`, { digest: second.digest });
    expect(gone.status).toBe(409);
    expect(gone.json['detail']).toContain('gone or in the trash');
    expect((await ask('GET', `${repositoryPath()}/tags/never/history`)).status).toBe(404);
  });

  it('brings a deleted tag back', async () => {
    const image = await push(['v1']);
    await ask('DELETE', `${repositoryPath()}/tags/v1`);
    const restored = await ask('POST', `${repositoryPath()}/tags/v1/restore`, { digest: image.digest });
    expect(restored.json).toMatchObject({ digest: image.digest });
  });
});
