import { type CreatedRobot, paths } from '@stowage/contracts';
import { describe, expect, test } from 'vitest';
import { expectRefused } from '../../support/expect-oci.js';
import { anImage } from '../../support/images.js';
import { signUp } from '../../support/management-api.js';
import { insist, locationOf, RegistryClient } from '../../support/registry-client.js';
import { getToken, postToken } from '../../support/token-service.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);
let made = 0;

/** A robot of the owner's namespace, and the registry as it sees it. */
async function aRobot(path = '*', actions = ['pull', 'push']) {
  made += 1;
  const grants = [{ repository: `${owner.namespace}/${path}`, actions }];
  const body = { name: `bot-${made}`, grants };
  const answer = await owner.person.call(paths.robots(owner.namespace), { method: 'POST', body });
  expect(answer.status).toBe(201);
  const robot = answer.body as CreatedRobot;
  const credentials = { username: robot.login, secret: robot.secret };
  return { robot, credentials, client: new RegistryClient(running.url, credentials) };
}

const change = (robot: CreatedRobot, body: object) =>
  owner.person.call(paths.robot(owner.namespace, robot.name), { method: 'PATCH', body });

describe('a robot (A13)', () => {
  test('pushes and pulls an image, and makes the repository by that', async () => {
    const { client } = await aRobot();
    const repository = owner.newRepository();
    const image = await anImage();
    await client.pushImage(repository, 'v1', image);
    expect((await client.getManifest(repository, 'v1')).status).toBe(200);
    for (const { digest } of image.layers) expect((await client.getBlob(repository, digest)).status).toBe(200);
  });

  test('gets tokens by GET and by POST, and never a refresh token', async () => {
    const { credentials } = await aRobot();
    const realm = `${running.url}/token`;
    const service = new URL(running.url).host;
    const got = await getToken(realm, { service, offline_token: 'true' }, credentials);
    expect([got.status, got.body.refresh_token]).toEqual([200, undefined]);
    const { username, secret: password } = credentials;
    const form = { grant_type: 'password', service, client_id: 'e2e', access_type: 'offline', username, password };
    const posted = await postToken(realm, form);
    expect([posted.status, posted.body.refresh_token]).toEqual([200, undefined]);
  });

  test('sees and changes nothing beyond its grant, here or in another namespace', async () => {
    const { client } = await aRobot('team/*', ['pull']);
    const [inside, outside] = [`${owner.namespace}/team/app`, owner.newRepository()];
    const image = await anImage();
    for (const repository of [inside, outside]) await owner.client.pushImage(repository, 'v1', image);
    const stranger = await signUp(running.url, 'stranger');
    const strange = new RegistryClient(running.url, { username: stranger.username, secret: stranger.password });
    await strange.pushImage(`${stranger.username}/team/app`, 'v1', image);
    expect((await client.getManifest(inside, 'v1')).status).toBe(200);
    await expectRefused(await client.request('POST', `/v2/${inside}/blobs/uploads/`));
    await expectRefused(await client.request('DELETE', `/v2/${inside}/manifests/v1`));
    for (const repository of [outside, `${stranger.username}/team/app`, `${owner.namespace}/none`]) {
      await expectRefused(await client.getManifest(repository, 'v1'));
      await expectRefused(await client.request('POST', `/v2/${repository}/blobs/uploads/`));
    }
  });

  test('is nobody on the management API', async () => {
    const { robot } = await aRobot();
    for (const path of ['/session', paths.robots(owner.namespace), paths.namespace(owner.namespace)]) {
      const answer = await fetch(`${running.url}/api/v1${path}`, {
        headers: { authorization: `Bearer ${robot.secret}` },
      });
      expect([path, answer.status]).toEqual([path, 401]);
      await answer.arrayBuffer();
    }
  });

  test('goes on without a pause while its secret is replaced', async () => {
    const { robot, client } = await aRobot();
    const repository = owner.newRepository();
    await client.pushImage(repository, 'v1', await anImage());
    const answer = await owner.person.call(paths.robotSecrets(owner.namespace, robot.name), { method: 'POST' });
    const { secret } = answer.body as { secret: string };
    const next = new RegistryClient(running.url, { username: robot.login, secret });
    await next.pushImage(repository, 'v2', await anImage());
    await client.pushImage(repository, 'v3', await anImage());
    const id = robot.secrets[0]?.id ?? '';
    const removed = await owner.person.call(paths.robotSecret(owner.namespace, robot.name, id), { method: 'DELETE' });
    expect(removed.status).toBe(204);
    await next.pushImage(repository, 'v4', await anImage());
    // What it was given before writes nothing more, and there is nothing new for that secret.
    await expect(client.request('POST', `/v2/${repository}/blobs/uploads/`)).rejects.toThrow('no token: 401');
  });

  test.each([
    ['disabled', (robot: CreatedRobot) => change(robot, { disabled: true })],
    ['deprived of its rights', (robot: CreatedRobot) => change(robot, { grants: [] })],
    [
      'deleted',
      (robot: CreatedRobot) => owner.person.call(paths.robot(owner.namespace, robot.name), { method: 'DELETE' }),
    ],
  ])('that is %s in the middle of an upload writes nothing more (A22)', async (_, revoke) => {
    const { robot, client } = await aRobot();
    const repository = owner.newRepository();
    const image = await anImage();
    await owner.client.pushImage(repository, 'v1', image);
    const token = await client.tokenFor(`repository:${repository}:pull,push`);
    const started = await client.send('POST', `/v2/${repository}/blobs/uploads/`, {}, token);
    await insist(started.clone(), 202);
    const location = locationOf(started);
    await insist(await client.send('PATCH', location, { body: Buffer.from('some') }, token), 202);
    expect((await revoke(robot)).status).toBeLessThan(300);
    await expectRefused(await client.send('PATCH', location, { body: Buffer.from('more') }, token));
    const headers = { 'content-type': image.manifest.mediaType };
    const put = { headers, body: image.manifest.bytes };
    await expectRefused(await client.send('PUT', `/v2/${repository}/manifests/v2`, put, token));
  });
});
