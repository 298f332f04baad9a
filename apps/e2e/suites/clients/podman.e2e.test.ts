import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAvailable } from '../../support/clients.js';
import { runOk } from '../../support/command.js';
import { makeTempDir, removeDir } from '../../support/data-dir.js';
import { anImage, anIndex, tarOf } from '../../support/images.js';
import { setVisibility } from '../../support/management-api.js';
import { Podman } from '../../support/podman.js';
import { writeFileSync } from 'node:fs';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasPodman = isAvailable('podman', ['podman'], { root: true });
const hasBuildah = isAvailable('buildah', ['buildah'], { root: true });
const folder = makeTempDir('podman');

afterAll(() => removeDir(folder));

describe.runIf(hasPodman)('podman (J3)', () => {
  const running = useSharedStowage();
  const owner = useOwner(running);
  const podman = new Podman(path.join(folder, 'podman'));
  let repository = '';

  beforeAll(() => {
    repository = owner.newRepository();
  });

  function login(secret: string) {
    const { username } = owner.person;
    return podman.try(['login', '--tls-verify=false', `--username=${username}`, `--password=${secret}`, running.host]);
  }

  test('is told that a wrong token is unauthorized', async () => {
    const { code, stderr } = await login('not-a-token');
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/invalid username\/password|unauthorized/i);
  });

  test('signs in, imports, pushes and pulls back', async () => {
    expect((await login(owner.person.token)).code).toBe(0);
    const tar = path.join(folder, 'files.tar');
    writeFileSync(tar, await tarOf({ 'etc/motd': running.url }));
    const image = `${running.host}/${repository}:imported`;
    await podman.run(['import', '--quiet', tar, image]);
    const digestFile = path.join(folder, 'digest');
    await podman.run(['push', '--quiet', '--tls-verify=false', `--digestfile=${digestFile}`, image]);
    await podman.run(['rmi', '--force', image]);
    const pulled = await podman.pull(image);
    const served = await owner.client.getManifest(repository, 'imported');
    expect(served.headers.get('docker-content-digest')).toBe(pulled);
  });

  test('picks its platform from an index', async () => {
    const index = await anIndex(['amd64', 'arm64']);
    await owner.client.pushIndex(repository, 'multi', index);
    const { username, token: secret } = owner.person;
    await podman.pull(`${running.host}/${repository}:multi`, { username, secret });
    const format = '--format={{.Architecture}}';
    const architecture = await podman.run(['image', 'inspect', format, `${running.host}/${repository}:multi`]);
    expect(architecture.trim()).toBe(process.arch === 'x64' ? 'amd64' : process.arch);
  });

  test('pulls a public image without signing in, and no private one', async () => {
    const stranger = new Podman(path.join(folder, 'stranger'));
    const [open, closed] = [owner.newRepository(), owner.newRepository()];
    const image = await anImage();
    for (const name of [open, closed]) await owner.client.pushImage(name, 'v1', image);
    await setVisibility(owner.person, open, 'public');
    expect(await stranger.pull(`${running.host}/${open}:v1`)).toBe(image.manifest.digest);
    const refused = await stranger.try(['pull', '--tls-verify=false', `docker://${running.host}/${closed}:v1`]);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/unauthorized|authentication required|denied/i);
  });

  test.runIf(hasBuildah)('buildah builds an image and pushes it', async () => {
    const state = path.join(folder, 'buildah');
    const globals = [
      '--storage-driver=vfs',
      `--root=${path.join(state, 'root')}`,
      `--runroot=${path.join(state, 'run')}`,
    ];
    const buildah = (...args: string[]) => runOk('buildah', [...globals, ...args]);
    const file = path.join(folder, 'hello');
    writeFileSync(file, 'hello');
    const container = (await buildah('from', 'scratch')).trim();
    await buildah('add', container, file, '/hello');
    await buildah('config', '--cmd=/hello', '--label=ship=stowage', container);
    await buildah('commit', '--quiet', container, 'built');
    const digestFile = path.join(folder, 'buildah-digest');
    const { username, token } = owner.person;
    const options = ['--tls-verify=false', `--creds=${username}:${token}`, `--digestfile=${digestFile}`];
    await buildah('push', ...options, 'built', `docker://${running.host}/${repository}:built`);
    const pulled = await podman.pull(`${running.host}/${repository}:built`, { username, secret: token });
    const served = await owner.client.getManifest(repository, 'built');
    expect(served.headers.get('docker-content-digest')).toBe(pulled);
  });
});
