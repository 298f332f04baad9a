import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAvailable } from '../../support/clients.js';
import { run, runOk } from '../../support/command.js';
import { makeTempDir, removeDir } from '../../support/data-dir.js';
import { imageOfRootfs } from '../../support/debian-image.js';
import { anIndex, type Image, type Index } from '../../support/images.js';
import { writeOciLayout } from '../../support/oci-layout.js';
import { Podman } from '../../support/podman.js';
import { getRootfs } from '../../support/rootfs.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasSkopeo = isAvailable('skopeo', ['skopeo']);
const hasPodman = isAvailable('podman', ['podman'], { root: true });
const hasUmoci = isAvailable('umoci', ['umoci'], { root: true });
const folder = makeTempDir('skopeo');

afterAll(() => removeDir(folder));

describe.runIf(hasSkopeo)('skopeo (J3)', () => {
  const running = useSharedStowage();
  const owner = useOwner(running);
  let image: Image;
  let index: Index;
  let target = '';

  beforeAll(async () => {
    image = await imageOfRootfs(await getRootfs(), running.url);
    index = await anIndex(['amd64', 'arm64', 's390x']);
    target = `${running.host}/${owner.newRepository()}`;
    writeOciLayout(path.join(folder, 'image'), 'v1', image);
    writeOciLayout(path.join(folder, 'index'), 'v1', index);
  });

  function copyArguments(...args: string[]): string[] {
    const { username, token } = owner.person;
    const creds = `${username}:${token}`;
    const tls = ['--src-tls-verify=false', '--dest-tls-verify=false'];
    const sides = args.flatMap((arg, at) => {
      if (!arg.startsWith('docker://')) return [];
      return [at === args.length - 1 ? `--dest-creds=${creds}` : `--src-creds=${creds}`];
    });
    return ['copy', '--insecure-policy', ...tls, ...sides, ...args];
  }

  test('pushes a Debian root file system in several layers, with the digest it has', async () => {
    const digestFile = path.join(folder, 'digest');
    const source = `oci:${path.join(folder, 'image')}:v1`;
    await runOk('skopeo', copyArguments(`--digestfile=${digestFile}`, source, `docker://${target}:v1`));
    expect(readFileSync(digestFile, 'utf8').trim()).toBe(image.manifest.digest);
  });

  test('is told by which rule a tag may not be pushed again, and where to see it', async () => {
    const rules = [{ repositories: ['fixed'], tags: ['v*'] }];
    await owner.person.call(`/namespaces/${owner.namespace}/immutability-rules`, { method: 'PUT', body: { rules } });
    const fixed = `docker://${running.host}/${owner.namespace}/fixed:v1`;
    await runOk('skopeo', copyArguments(`oci:${path.join(folder, 'image')}:v1`, fixed));
    await runOk('skopeo', copyArguments(`oci:${path.join(folder, 'image')}:v1`, fixed));
    const refused = await run('skopeo', copyArguments('--all', `oci:${path.join(folder, 'index')}:v1`, fixed));
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('is immutable by the rule “v*, in fixed”');
    expect(refused.stderr).toContain(`/n/${owner.namespace}/tag-rules`);
  });

  test('inspects what it pushed', async () => {
    const { username, token } = owner.person;
    const options = ['--tls-verify=false', `--creds=${username}:${token}`];
    const output = await runOk('skopeo', ['inspect', ...options, `docker://${target}:v1`]);
    expect(JSON.parse(output)).toMatchObject({
      Digest: image.manifest.digest,
      RepoTags: ['v1'],
      Layers: image.layers.map(({ digest }) => digest),
    });
  });

  test.runIf(hasPodman)('what it pushed is pulled by podman with an equal digest', async () => {
    const podman = new Podman(path.join(folder, 'podman'));
    const { username, token: secret } = owner.person;
    expect(await podman.pull(`${target}:v1`, { username, secret })).toBe(image.manifest.digest);
  });

  test('pushes an index with all its platforms and pulls it back as it was', async () => {
    const source = `oci:${path.join(folder, 'index')}:v1`;
    await runOk('skopeo', copyArguments('--all', source, `docker://${target}:multi`));
    const back = path.join(folder, 'back');
    await runOk('skopeo', copyArguments('--all', `docker://${target}:multi`, `oci:${back}:multi`));
    const pulled = JSON.parse(readFileSync(path.join(back, 'index.json'), 'utf8')) as {
      manifests: { digest: string }[];
    };
    expect(pulled.manifests.map(({ digest }) => digest)).toEqual([index.manifest.digest]);
  });

  test('copies within the registry, mounting the layers it finds there', async () => {
    const second = `${running.host}/${owner.newRepository()}`;
    await runOk('skopeo', copyArguments('--preserve-digests', `docker://${target}:v1`, `docker://${second}:v1`));
    const repository = second.slice(running.host.length + 1);
    const manifest = await owner.client.getManifest(repository, 'v1');
    expect(manifest.headers.get('docker-content-digest')).toBe(image.manifest.digest);
  });

  test.runIf(hasUmoci)('pulls a file system that umoci can unpack', async () => {
    const layout = path.join(folder, 'unpack');
    await runOk('skopeo', copyArguments(`docker://${target}:v1`, `oci:${layout}:v1`));
    const bundle = path.join(folder, 'bundle');
    await runOk('umoci', ['raw', 'unpack', '--image', `${layout}:v1`, bundle]);
    expect(readFileSync(path.join(bundle, 'etc/stowage-note'), 'utf8')).toBe(running.url);
    expect(readFileSync(path.join(bundle, 'etc/debian_version'), 'utf8')).toMatch(/\S/);
  });

  test('deletes an image', async () => {
    const { username, token } = owner.person;
    const options = ['--tls-verify=false', `--creds=${username}:${token}`];
    await runOk('skopeo', ['delete', ...options, `docker://${target}:multi`]);
    const { code, stderr } = await run('skopeo', ['inspect', ...options, `docker://${target}:multi`]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/manifest unknown/i);
  });

  test.each([
    { what: 'with a wrong token', creds: () => [`--dest-creds=${owner.person.username}:not-a-token`] },
    { what: 'without credentials', creds: () => ['--dest-no-creds'] },
  ])('is refused a push $what, and told why', async ({ creds }) => {
    const source = `oci:${path.join(folder, 'index')}:v1`;
    const args = ['copy', '--insecure-policy', '--dest-tls-verify=false', ...creds(), source, `docker://${target}:no`];
    const { code, stderr } = await run('skopeo', args);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/unauthorized|authentication required|denied/i);
  });
});
