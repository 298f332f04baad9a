import { anImage, anIndex, createRepository, pushImageRows, pushRows } from '@stowage/metadata/testing';
import { describe, expect, it } from 'vitest';
import { openApi, signUp } from './open-api.js';

const opened = openApi();

describe('browsing', () => {
  it('shows tags, an image with its layers, and an index with its children', async () => {
    const owner = await signUp(opened);
    const repository = await createRepository(opened.database, `${owner.username}/team/app`);
    const image = anImage({ layers: 2 });
    const index = anIndex([image]);
    await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
    await pushRows(opened.database, repository, index, { tags: ['multi'] });
    const base = `/namespaces/${owner.username}/repositories/team%2Fapp`;
    const get = async (path: string) => (await opened.ask(`GET ${base}${path}`, { cookie: owner.cookie })).json;
    expect(await get('')).toMatchObject({
      name: 'team/app',
      tagCount: 2,
      permissions: { push: true, delete: true, settings: true },
    });
    expect(await get('/tags')).toMatchObject({
      items: [
        { name: 'multi', kind: 'index' },
        { name: 'v1', kind: 'image', digest: image.digest },
      ],
    });
    expect(await get(`/manifests/${index.digest}`)).toMatchObject({
      kind: 'index',
      children: [{ digest: image.digest }],
      tags: ['multi'],
    });
    expect(await get(`/manifests/${image.digest}`)).toMatchObject({
      configDigest: image.blobs[0]?.digest,
      layers: [{ digest: image.blobs[1]?.digest }, { digest: image.blobs[2]?.digest }],
    });
    const inUse = await opened.ask(`DELETE ${base}/manifests/${image.digest}`, { cookie: owner.cookie });
    expect([inUse.status, inUse.headers['content-type']]).toEqual([403, expect.stringContaining('problem+json')]);
  });

  it('shows strangers what is public and nothing else', async () => {
    const owner = await signUp(opened);
    const body = (name: string, visibility: string) => ({ cookie: owner.cookie, body: { name, visibility } });
    for (const visibility of ['public', 'internal', 'private'])
      await opened.ask(`POST /namespaces/${owner.username}/repositories`, body(visibility, visibility));
    const names = async (cookie?: string) =>
      (
        (await opened.ask(`GET /namespaces/${owner.username}/repositories`, { cookie })).json['items'] as {
          name: string;
        }[]
      ).map(({ name }) => name);
    expect(await names()).toEqual(['public']);
    expect(await names((await signUp(opened)).cookie)).toEqual(['internal', 'public']);
    expect(await names(owner.cookie)).toEqual(['internal', 'private', 'public']);
  });
});
