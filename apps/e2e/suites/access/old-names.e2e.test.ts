import { paths } from '@stowage/contracts';
import { describe, expect, test } from 'vitest';
import { anImage } from '../../support/images.js';
import { createOrganization, expectStatus, signUp } from '../../support/management-api.js';
import { randomName } from '../../support/random.js';
import { RegistryClient } from '../../support/registry-client.js';
import { clientOf } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();

async function anOwner() {
  const person = await signUp(running.url, 'owner');
  return { person, namespace: await createOrganization(person), client: clientOf(running.url, person) };
}

describe('a namespace that was renamed', () => {
  test('is pulled from and pushed to by its old name, also with the tokens of before (T9)', async () => {
    const { person, namespace: old, client } = await anOwner();
    const [image, next] = [await anImage(), await anImage()];
    await client.pushImage(`${old}/app`, 'v1', image);
    const session = await client.startUpload(`${old}/app`);
    const name = randomName('renamed');
    await expectStatus(200, person.call(paths.renaming(old), { body: { name } }));

    // The client has tokens for the old name from before.
    expect((await client.getManifest(`${old}/app`, 'v1')).headers.get('docker-content-digest')).toBe(
      image.manifest.digest,
    );
    expect((await client.getBlob(`${old}/app`, image.layers[0]!.digest)).status).toBe(200);
    const blob = next.layers[0]!;
    expect((await client.finishUpload(session, blob.digest, blob.bytes)).status).toBe(201);
    // A new client asks for a token for the old name, or for the present one.
    const fresh = clientOf(running.url, person);
    await fresh.pushImage(`${old}/app`, 'v2', next);
    await fresh.pushImage(`${old}/made-by-push`, 'v1', image);
    const located = await fresh.startUpload(`${old}/app`);
    expect(located).toMatch(new RegExp(`^/v2/${old}/app/`));
    expect((await fresh.getManifest(`${name}/app`, 'v2')).headers.get('docker-content-digest')).toBe(
      next.manifest.digest,
    );
    expect((await fresh.getManifest(`${name}/made-by-push`, 'v1')).status).toBe(200);
    const tags = await fresh.request('GET', `/v2/${old}/app/tags/list`);
    expect(await tags.json()).toEqual({ name: `${old}/app`, tags: ['v1', 'v2'] });
  });

  test('is mounted from by its old name, and not by who may not pull from the present one (P14, T9)', async () => {
    const { person, namespace: old, client } = await anOwner();
    const image = await anImage();
    await client.pushImage(`${old}/app`, 'v1', image);
    await expectStatus(200, person.call(paths.renaming(old), { body: { name: randomName('renamed') } }));
    const digest = image.layers[0]!.digest;
    const mount = (by: RegistryClient, target: string) =>
      by.request('POST', `/v2/${target}/blobs/uploads/?mount=${digest}&from=${old}/app`);
    const own = `${person.username}/mounted`;
    const mounted = await mount(clientOf(running.url, person), own);
    expect([mounted.status, mounted.headers.get('location')]).toEqual([201, `/v2/${own}/blobs/${digest}`]);
    const stranger = await signUp(running.url, 'stranger');
    expect((await mount(clientOf(running.url, stranger), `${stranger.username}/mounted`)).status).toBe(202);
  });

  test('is as hidden by its old name as by the present one, and by a name that leads nowhere', async () => {
    const { person, namespace: old, client } = await anOwner();
    await client.pushImage(`${old}/app`, 'v1', await anImage());
    await expectStatus(200, person.call(paths.renaming(old), { body: { name: randomName('renamed') } }));
    const stranger = clientOf(running.url, await signUp(running.url, 'stranger'));
    const answers = [stranger, new RegistryClient(running.url)].map(async (client_) => {
      const seen = async (name: string) => {
        const answer = await client_.getManifest(name, 'v1');
        const text = await answer.text();
        const header = answer.headers.get('www-authenticate') ?? '';
        return [answer.status, text.replaceAll(name, 'NAME'), header.replaceAll(name, 'NAME')];
      };
      expect(await seen(`${old}/app`)).toEqual(await seen(`${randomName('none')}/app`));
    });
    await Promise.all(answers);
  });

  test('leaves its old name for nobody when it is given up', async () => {
    const { person, namespace: old, client } = await anOwner();
    await client.pushImage(`${old}/app`, 'v1', await anImage());
    const name = randomName('renamed');
    await expectStatus(200, person.call(paths.renaming(old), { body: { name } }));
    await expectStatus(204, person.call(paths.alias(name, old), { method: 'DELETE' }));
    expect((await client.getManifest(`${old}/app`, 'v1')).status).toBe(401);
    expect((await client.getManifest(`${name}/app`, 'v1')).status).toBe(200);
    const other = await signUp(running.url, 'other');
    await expectStatus(409, other.call(paths.namespaces, { body: { name: old } }));
  });
});

describe('a repository that was transferred', () => {
  test('is mounted from by its old name by who may pull it now (P14, T10)', async () => {
    const [from, to] = [await anOwner(), await anOwner()];
    const image = await anImage();
    const name = `${from.namespace}/app`;
    await from.client.pushImage(name, 'v1', image);
    await expectStatus(
      204,
      from.person.call(paths.transferRequest(from.namespace, 'app'), { body: { to: to.namespace } }),
    );
    const { items } = (await expectStatus(200, to.person.call(paths.transfers(to.namespace)))) as {
      items: { id: string }[];
    };
    await expectStatus(200, to.person.call(paths.transferAcceptance(to.namespace, items[0]!.id), { method: 'POST' }));
    const query = `mount=${image.layers[0]!.digest}&from=${name}`;
    const mount = (client: RegistryClient, target: string) =>
      client.request('POST', `/v2/${target}/blobs/uploads/?${query}`);
    expect((await mount(to.client, `${to.namespace}/mounted`)).status).toBe(201);
    expect((await mount(from.client, `${from.namespace}/mounted`)).status).toBe(202);
  });

  test('is the new owner’s by either name, and ends the rights and uploads of the old side (T10)', async () => {
    const [from, to] = [await anOwner(), await anOwner()];
    const [image, next] = [await anImage(), await anImage()];
    const name = `${from.namespace}/app`;
    await from.client.pushImage(name, 'v1', image);
    const session = await from.client.startUpload(name);
    await expectStatus(
      204,
      from.person.call(paths.transferRequest(from.namespace, 'app'), { body: { to: to.namespace } }),
    );
    const listed = (await expectStatus(200, to.person.call(paths.transfers(to.namespace)))) as {
      items: { id: string }[];
    };
    const id = listed.items[0]!.id;
    await expectStatus(200, to.person.call(paths.transferAcceptance(to.namespace, id), { method: 'POST' }));

    expect((await to.client.getManifest(name, 'v1')).headers.get('docker-content-digest')).toBe(image.manifest.digest);
    await to.client.pushImage(name, 'v2', next);
    expect((await to.client.getManifest(`${to.namespace}/app`, 'v2')).status).toBe(200);
    // What is written asks the rows again, whatever the token of before says; a new token holds nothing.
    const blob = next.layers[0]!;
    expect((await from.client.finishUpload(session, blob.digest, blob.bytes)).status).toBe(401);
    expect((await clientOf(running.url, from.person).getManifest(name, 'v1')).status).toBe(401);
  });
});
