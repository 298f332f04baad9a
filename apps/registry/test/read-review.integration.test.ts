import { anImage, createUser } from '@stowage/metadata/testing';
import { describe, expect, it } from 'vitest';
import { anAcme, openApp, pushImage } from './open-app.js';

const opened = openApp();

describe('a token that is older than half a minute', () => {
  const setVisibility = async (id: string, visibility: 'private' | 'internal') =>
    opened.database.run((db) => db.repository.update({ where: { id }, data: { visibility } }));

  it('pulls as long as the rows agree, and not what has become private since (T7)', async () => {
    const acme = await anAcme(opened);
    const image = anImage();
    await pushImage(opened, acme, image, 'v1');
    await setVisibility(acme.repository.id, 'internal');
    const user = await createUser(opened.database);
    const access = { [acme.name]: ['pull' as const] };
    const pull = async (token: string) => {
      const paths = ['manifests/v1', `blobs/${image.blobs[0]!.digest}`, 'tags/list'];
      const answers = await Promise.all(paths.map((path) => opened.request(`GET /v2/${acme.name}/${path}`, { token })));
      return answers.map(({ status }) => status);
    };
    const asks = () => opened.token({ user, access, ageSeconds: 31 });
    expect(await pull(await asks())).toEqual([200, 200, 200]);
    await setVisibility(acme.repository.id, 'private');
    expect(await pull(await asks())).toEqual([401, 401, 401]);
    // The token service has just looked: what it says counts that long.
    expect(await pull(await opened.token({ user, access }))).toEqual([200, 200, 200]);
    expect(await pull(await opened.token({ user: acme.tenant.owner, access, ageSeconds: 31 }))).toEqual([
      200, 200, 200,
    ]);
  });
});
