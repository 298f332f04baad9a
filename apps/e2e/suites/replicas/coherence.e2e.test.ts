import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anImage, noise } from '../../support/images.js';
import { createOrganization, expectStatus, type Person, putMember, signUp } from '../../support/management-api.js';
import { paths } from '@stowage/contracts';
import { randomName } from '../../support/random.js';
import { insist, type RegistryClient } from '../../support/registry-client.js';
import { Replicas } from '../../support/topology/replicas.js';
import { clientOf } from '../../support/use-owner.js';

let replicas: Replicas;
let owner: Person;
let namespace: string;

beforeAll(async () => {
  replicas = await Replicas.start({ registries: 2, auths: 2 });
  owner = await signUp(replicas.url, 'owner');
  namespace = await createOrganization(owner);
});

afterAll(() => replicas?.stop());

const at = (index: number, person: Person = owner): RegistryClient =>
  clientOf(replicas.registries[index]?.url ?? '', person);
const aRepository = (): string => `${namespace}/${randomName('app')}`;

describe('what one replica has done, the other knows at once (R24)', () => {
  test('a blob that was deleted, also when it was read there before', async () => {
    const repository = aRepository();
    const blob = noise(1000);
    await at(0).pushBlob(repository, blob);
    expect((await at(1).getBlob(repository, blob.digest)).status).toBe(200);
    expect((await at(0).request('DELETE', `/v2/${repository}/blobs/${blob.digest}`)).status).toBe(202);
    expect((await at(1).getBlob(repository, blob.digest)).status).toBe(404);
    expect((await at(1).request('HEAD', `/v2/${repository}/blobs/${blob.digest}`)).status).toBe(404);
  });

  test('a tag that was moved, and one that was deleted', async () => {
    const repository = aRepository();
    const [one, two] = [await anImage(), await anImage()];
    await at(0).pushImage(repository, 'latest', one);
    expect((await at(1).getManifest(repository, 'latest')).headers.get('docker-content-digest')).toBe(
      one.manifest.digest,
    );
    await at(1).pushImage(repository, 'latest', two);
    expect((await at(0).getManifest(repository, 'latest')).headers.get('docker-content-digest')).toBe(
      two.manifest.digest,
    );
    expect((await at(0).request('DELETE', `/v2/${repository}/manifests/latest`)).status).toBe(202);
    expect((await at(1).getManifest(repository, 'latest')).status).toBe(404);
  });

  test('a right that was taken away: the next push fails on each, with a token that is still young', async () => {
    const repository = aRepository();
    const member = await signUp(replicas.url, 'member');
    await putMember(owner, namespace, member, 'developer');
    const clients = [at(0, member), at(1, member)];
    for (const client of clients) await client.pushBlob(repository, noise(100));
    const token = await at(0, member).tokenFor(`repository:${repository}:pull,push`);
    await expectStatus(204, owner.call(paths.member(namespace, member.username), { method: 'DELETE' }));
    for (const client of clients) {
      const response = await client.send('POST', `/v2/${repository}/blobs/uploads/`, {}, token);
      expect(response.status).toBe(401);
    }
  });

  test('a token that either token service has signed is good at every registry', async () => {
    const repository = aRepository();
    await at(0).pushBlob(repository, noise(100));
    const tokens = await Promise.all(
      Array.from({ length: 4 }, () => clientOf(replicas.url, owner).tokenFor(`repository:${repository}:pull`)),
    );
    for (const [index, token] of tokens.entries()) {
      const response = await at(index % 2).send('GET', `/v2/${repository}/tags/list`, {}, token);
      await insist(response, 200);
    }
  });
});
