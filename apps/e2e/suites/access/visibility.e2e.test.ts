import { paths, type Visibility } from '@stowage/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { anImage, type Image } from '../../support/images.js';
import { expectStatus } from '../../support/management-api.js';
import { RegistryClient } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);
let image: Image;

beforeAll(async () => {
  image = await anImage();
});

const setVisibility = (path: string, visibility: Visibility) =>
  expectStatus(
    200,
    owner.person.call(paths.repository(owner.namespace, path), { method: 'PATCH', body: { visibility } }),
  );

describe('visibility', () => {
  test('decides about a visitor’s next pull, with the token that is there already (T7)', async () => {
    const name = owner.newRepository();
    await owner.client.pushImage(name, 'v1', image);
    await setVisibility(name.slice(owner.namespace.length + 1), 'public');
    const visitor = new RegistryClient(running.url);
    const token = await visitor.tokenFor(`repository:${name}:pull`);
    const pull = async (): Promise<number[]> => {
      const statuses = [];
      for (const wanted of ['manifests/v1', `blobs/${image.layers[0]!.digest}`, 'tags/list']) {
        const answer = await visitor.send('GET', `/v2/${name}/${wanted}`, {}, token);
        await answer.arrayBuffer();
        statuses.push(answer.status);
      }
      return statuses;
    };
    expect(await pull()).toEqual([200, 200, 200]);
    await setVisibility(name.slice(owner.namespace.length + 1), 'internal');
    expect(await pull()).toEqual([401, 401, 401]);
    await setVisibility(name.slice(owner.namespace.length + 1), 'public');
    expect(await pull()).toEqual([200, 200, 200]);
  });
});

describe('create on first push', () => {
  test('can be switched off, and says where to create the repository (T8)', async () => {
    const settings = (body: object) =>
      expectStatus(200, owner.person.call(paths.namespace(owner.namespace), { method: 'PATCH', body }));
    const name = owner.newRepository();
    await settings({ createsOnPush: false });
    const refused = await owner.client.request('POST', `/v2/${name}/blobs/uploads/`);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({
      errors: [{ code: 'DENIED', message: expect.stringContaining(`create ${name} first, at http`) as string }],
    });
    await settings({ createsOnPush: true, defaultVisibility: 'public' });
    await owner.client.pushImage(name, 'v1', image);
    await settings({ defaultVisibility: 'private' });
    expect((await new RegistryClient(running.url).getManifest(name, 'v1')).status).toBe(200);
  });
});
