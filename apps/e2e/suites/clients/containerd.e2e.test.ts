import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startContainerd } from '../../support/containerd.js';
import { makeTempDir, removeDir } from '../../support/data-dir.js';
import { anImage, type Image } from '../../support/images.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const folder = makeTempDir('containerd');
const containerd = await startContainerd(folder);

afterAll(async () => {
  await containerd?.stop();
  removeDir(folder);
});

describe.runIf(containerd)('containerd (J3)', () => {
  const running = useSharedStowage();
  const owner = useOwner(running);
  let image: Image;
  let repository = '';

  beforeAll(async () => {
    image = await anImage({ layers: 4, layerBytes: 200_000 });
    repository = owner.newRepository();
    await owner.client.pushImage(repository, 'v1', image);
  });

  async function ctr(...args: string[]) {
    if (!containerd) throw new Error('skipped without containerd');
    return containerd.ctr(args);
  }

  function credentials(): string[] {
    return ['--plain-http', '--user', `${owner.person.username}:${owner.person.token}`];
  }

  /** `ctr images ls` in columns: name, type, digest. */
  async function digestOfLocal(name: string): Promise<string | undefined> {
    const { stdout } = await ctr('images', 'ls');
    return stdout
      .split('\n')
      .map((line) => line.split(/\s+/))
      .find(([first]) => first === name)?.[2];
  }

  test('pulls an image with an equal digest', async () => {
    const name = `${running.host}/${repository}:v1`;
    const pull = await ctr('images', 'pull', ...credentials(), '--snapshotter=native', name);
    expect(pull.code, pull.stderr).toBe(0);
    expect(await digestOfLocal(name)).toBe(image.manifest.digest);
  });

  test('pushes it to another repository, with one PUT for each blob (P39)', async () => {
    const target = owner.newRepository();
    const names = [`${running.host}/${repository}:v1`, `${running.host}/${target}:v2`] as const;
    expect((await ctr('images', 'tag', ...names)).code).toBe(0);
    const push = await ctr('images', 'push', ...credentials(), names[1]);
    expect(push.code, push.stderr).toBe(0);
    const served = await owner.client.getManifest(target, 'v2');
    expect(served.headers.get('docker-content-digest')).toBe(image.manifest.digest);
  });

  test('is refused without credentials and with wrong ones', async () => {
    const name = `${running.host}/${repository}:v1`;
    for (const user of [[], ['--user', `${owner.person.username}:not-a-token`]]) {
      const pull = await ctr('images', 'pull', '--plain-http', ...user, '--snapshotter=native', name);
      expect(pull.code).not.toBe(0);
      expect(pull.stderr).toMatch(/unauthorized|authorization failed|denied|not found/i);
    }
  });
});
