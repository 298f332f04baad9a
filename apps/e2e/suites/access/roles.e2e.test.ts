import { paths, type Role } from '@stowage/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectRefused } from '../../support/expect-oci.js';
import { anImage, type Image } from '../../support/images.js';
import { type Person, putMember, setVisibility, signUp } from '../../support/management-api.js';
import { insist, locationOf, RegistryClient, type RegistryRequest } from '../../support/registry-client.js';
import { clientOf, useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

type Caller = Role | 'stranger' | 'anonymous';

const running = useSharedStowage();
const owner = useOwner(running);
const callers = new Map<Caller, { client: RegistryClient; person?: Person }>();

beforeAll(async () => {
  callers.set('owner', { client: owner.client, person: owner.person });
  for (const role of ['reader', 'developer', 'maintainer'] as const) {
    const person = await signUp(running.url, role);
    await putMember(owner.person, owner.namespace, person, role);
    callers.set(role, { client: clientOf(running.url, person), person });
  }
  const person = await signUp(running.url, 'stranger');
  callers.set('stranger', { client: clientOf(running.url, person), person });
  callers.set('anonymous', { client: new RegistryClient(running.url) });
});

function clientFor(caller: Caller): RegistryClient {
  const found = callers.get(caller);
  if (!found) throw new Error(caller);
  return found.client;
}

/** PRODUCT.md, "Roles", and the callers that have none. */
const PRIVATE: readonly { caller: Caller; pull: boolean; push: boolean; delete: boolean }[] = [
  { caller: 'owner', pull: true, push: true, delete: true },
  { caller: 'maintainer', pull: true, push: true, delete: true },
  { caller: 'developer', pull: true, push: true, delete: false },
  { caller: 'reader', pull: true, push: false, delete: false },
  { caller: 'stranger', pull: false, push: false, delete: false },
  { caller: 'anonymous', pull: false, push: false, delete: false },
];

describe('in a private repository', () => {
  test.each(PRIVATE)('$caller: pull $pull, push $push, delete $delete', async (row) => {
    const repository = owner.newRepository();
    const image = await anImage();
    await owner.client.pushImage(repository, 'v1', image);
    const client = clientFor(row.caller);
    await expectAllowed(row.pull, client.getManifest(repository, 'v1'), 200);
    await expectAllowed(row.pull, client.getBlob(repository, image.config.digest), 200);
    await expectAllowed(row.pull, client.request('GET', `/v2/${repository}/tags/list`), 200);
    await expectAllowed(row.push, client.request('POST', `/v2/${repository}/blobs/uploads/`), 202);
    await expectAllowed(row.push, client.putManifest(repository, 'v2', image.manifest), 201);
    await expectAllowed(row.delete, client.request('DELETE', `/v2/${repository}/manifests/v1`), 202);
    const left = await owner.client.getManifest(repository, 'v1');
    expect(left.status).toBe(row.delete ? 404 : 200);
    await left.arrayBuffer();
  });
});

describe('a first push', () => {
  test('makes a private repository, for those who may push', async () => {
    const repository = owner.newRepository();
    await clientFor('developer').pushImage(repository, 'v1', await anImage());
    await expectRefused(await clientFor('anonymous').getManifest(repository, 'v1'));
    expect((await clientFor('reader').getManifest(repository, 'v1')).status).toBe(200);
  });

  test.each(['reader', 'stranger', 'anonymous'] as const)('is refused to %s, and makes nothing', async (caller) => {
    const repository = owner.newRepository();
    await expectRefused(await clientFor(caller).request('POST', `/v2/${repository}/blobs/uploads/`));
    const tags = await owner.client.request('GET', `/v2/${repository}/tags/list`);
    expect(tags.status).toBe(404);
    await tags.arrayBuffer();
  });
});

describe('visibility', () => {
  async function published(visibility: 'public' | 'internal'): Promise<{ repository: string; image: Image }> {
    const repository = owner.newRepository();
    const image = await anImage();
    await owner.client.pushImage(repository, 'v1', image);
    await setVisibility(owner.person, repository, visibility);
    return { repository, image };
  }

  test.each(['anonymous', 'stranger', 'reader'] as const)('%s pulls a public repository (A10)', async (caller) => {
    const { repository, image } = await published('public');
    expect((await clientFor(caller).getManifest(repository, 'v1')).status).toBe(200);
    for (const { digest } of image.layers) {
      expect((await clientFor(caller).getBlob(repository, digest)).status).toBe(200);
    }
  });

  test.each(['anonymous', 'stranger'] as const)(
    '%s neither pushes to nor deletes from a public one',
    async (caller) => {
      const { repository, image } = await published('public');
      await expectRefused(await clientFor(caller).request('POST', `/v2/${repository}/blobs/uploads/`));
      await expectRefused(await clientFor(caller).putManifest(repository, 'v2', image.manifest));
      await expectRefused(await clientFor(caller).request('DELETE', `/v2/${repository}/manifests/v1`));
    },
  );

  test('an internal repository is for those who are signed in', async () => {
    const { repository } = await published('internal');
    expect((await clientFor('stranger').getManifest(repository, 'v1')).status).toBe(200);
    await expectRefused(await clientFor('anonymous').getManifest(repository, 'v1'));
  });

  test('a repository that is made private again is closed to others', async () => {
    const { repository } = await published('public');
    await setVisibility(owner.person, repository, 'private');
    await expectRefused(await new RegistryClient(running.url).getManifest(repository, 'v1'));
  });
});

test('a member who is removed gets nothing any more (A22)', async () => {
  const repository = owner.newRepository();
  await owner.client.pushImage(repository, 'v1', await anImage());
  const person = await signUp(running.url, 'leaver');
  await putMember(owner.person, owner.namespace, person, 'developer');
  expect((await clientOf(running.url, person).getManifest(repository, 'v1')).status).toBe(200);
  await owner.person.call(paths.member(owner.namespace, person.username), { method: 'DELETE' });
  await expectRefused(await clientOf(running.url, person).getManifest(repository, 'v1'));
});

test('a token that is older than the loss of a role writes and deletes nothing any more (trap 12)', async () => {
  const repository = owner.newRepository();
  const image = await anImage();
  await owner.client.pushImage(repository, 'v1', image);
  const person = await signUp(running.url, 'demoted');
  await putMember(owner.person, owner.namespace, person, 'maintainer');
  const client = clientOf(running.url, person);
  const token = await client.tokenFor(`repository:${repository}:pull,push,delete`);
  const started = await client.send('POST', `/v2/${repository}/blobs/uploads/`, {}, token);
  await insist(started.clone(), 202);
  await putMember(owner.person, owner.namespace, person, 'reader');
  const body = image.manifest.bytes;
  const headers = { 'content-type': image.manifest.mediaType };
  const writes: [string, string, RegistryRequest?][] = [
    ['PUT', `/v2/${repository}/manifests/v2`, { headers, body }],
    ['DELETE', `/v2/${repository}/manifests/v1`],
    ['DELETE', `/v2/${repository}/manifests/${image.manifest.digest}`],
    ['DELETE', `/v2/${repository}/blobs/${image.config.digest}`],
    ['POST', `/v2/${repository}/blobs/uploads/`],
    ['PATCH', locationOf(started), { body: Buffer.from('more') }],
  ];
  for (const [method, path, request = {}] of writes) {
    await expectRefused(await client.send(method, path, request, token));
  }
  const tags = await owner.client.request('GET', `/v2/${repository}/tags/list`);
  expect(await tags.json()).toEqual({ name: repository, tags: ['v1'] });
});

test.each(['developer', 'maintainer', 'stranger'] as const)('%s can not change who is a member', async (caller) => {
  const person = callers.get(caller)?.person;
  const body = { role: 'owner' };
  const answer = await person?.call(paths.member(owner.namespace, person.username), { method: 'PUT', body });
  expect(answer?.status).toBe(caller === 'stranger' ? 404 : 403);
});

async function expectAllowed(allowed: boolean, answer: Promise<Response>, status: number): Promise<void> {
  if (allowed) return insist(await answer, status);
  return expectRefused(await answer);
}
