import { readFileSync } from 'node:fs';
import path from 'node:path';
import { digestHex } from '@stowage/oci';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAvailable } from '../../support/clients.js';
import { runOk } from '../../support/command.js';
import { startContainerd } from '../../support/containerd.js';
import { makeTempDir, removeDir } from '../../support/data-dir.js';
import { startDockerEngine } from '../../support/docker-engine.js';
import { anImage, type Image } from '../../support/images.js';
import { Podman } from '../../support/podman.js';
import { redirectTarget, useRedirecting } from '../../support/topology/use-redirecting.js';
import { useOwner } from '../../support/use-owner.js';

const s3 = await redirectTarget('clients that are sent to S3');
const folder = makeTempDir('redirected');
const docker = s3 && (await startDockerEngine(path.join(folder, 'engine')));
const containerd = s3 && (await startContainerd(path.join(folder, 'containerd')));
const hasPodman = isAvailable('podman', ['podman'], { root: true });
const hasSkopeo = isAvailable('skopeo', ['skopeo']);
const hasCrane = isAvailable('crane', ['crane']);

afterAll(async () => {
  await docker?.stop();
  await containerd?.stop();
  removeDir(folder);
});

describe.runIf(s3)('a client that is sent to the bucket (S2, J3)', () => {
  const running = useRedirecting(s3!);
  const owner = useOwner(running);
  let image: Image;
  let name = '';

  beforeAll(async () => {
    image = await anImage({ layers: 3, layerBytes: 300_000 });
    const repository = owner.newRepository();
    await owner.client.pushImage(repository, 'v1', image);
    name = `${running.host}/${repository}:v1`;
  });

  /** Each blob came from the bucket, and the registry's token went nowhere else. */
  async function expectDownloadsFromBucket(pull: () => Promise<unknown>): Promise<void> {
    const before = running.seen.length;
    await pull();
    const downloads = running.seen.slice(before);
    for (const { digest } of [image.config, ...image.layers]) {
      const seen = downloads.filter(({ path: at }) => at.includes(digestHex(digest)));
      expect(seen.length, digest).toBeGreaterThan(0);
      for (const each of seen) expect(each).toMatchObject({ method: 'GET', status: 200, isAuthorized: false });
    }
  }

  test.runIf(hasSkopeo)('skopeo', async () => {
    const { username, token } = owner.person;
    const creds = [`--src-creds=${username}:${token}`, '--src-tls-verify=false', '--insecure-policy'];
    const layout = path.join(folder, 'layout');
    await expectDownloadsFromBucket(() => runOk('skopeo', ['copy', ...creds, `docker://${name}`, `oci:${layout}:v1`]));
    for (const { digest, bytes } of image.layers)
      expect(readFileSync(path.join(layout, 'blobs/sha256', digestHex(digest))).equals(bytes)).toBe(true);
  });

  test.runIf(hasPodman)('podman', async () => {
    const podman = new Podman(path.join(folder, 'podman'));
    const { username, token: secret } = owner.person;
    await expectDownloadsFromBucket(async () => {
      expect(await podman.pull(name, { username, secret })).toBe(image.manifest.digest);
    });
  });

  test.runIf(docker)('docker', async () => {
    const { username, token: input } = owner.person;
    await docker!.run(['login', running.host, '--username', username, '--password-stdin'], { input });
    await expectDownloadsFromBucket(async () => {
      expect(await docker!.run(['pull', name])).toContain(`Digest: ${image.manifest.digest}`);
    });
  });

  test.runIf(containerd)('containerd', async () => {
    const { username, token } = owner.person;
    const options = ['--plain-http', '--user', `${username}:${token}`, '--snapshotter=native'];
    await expectDownloadsFromBucket(async () => {
      const pull = await containerd!.ctr(['images', 'pull', ...options, name]);
      expect(pull.code, pull.stderr).toBe(0);
    });
  });

  test.runIf(hasCrane)('crane', async () => {
    const { username, token: input } = owner.person;
    const env = { DOCKER_CONFIG: path.join(folder, 'crane') };
    await runOk('crane', ['auth', 'login', running.host, '--username', username, '--password-stdin'], { env, input });
    await expectDownloadsFromBucket(() =>
      runOk('crane', ['pull', '--format=oci', name, path.join(folder, 'crane-layout')], { env }),
    );
  });
});
