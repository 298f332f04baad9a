import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAvailable } from '../../support/clients.js';
import { run, runOk } from '../../support/command.js';
import { makeTempDir, removeDir } from '../../support/data-dir.js';
import { anImage, anIndex, type Image, type Index, tarOf } from '../../support/images.js';
import { writeOciLayout } from '../../support/oci-layout.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasCrane = isAvailable('crane', ['crane']);
const folder = makeTempDir('crane');
const env = { DOCKER_CONFIG: path.join(folder, 'config') };

afterAll(() => removeDir(folder));

describe.runIf(hasCrane)('crane (J3)', () => {
  const running = useSharedStowage();
  const owner = useOwner(running);
  let image: Image;
  let index: Index;
  let target = '';

  beforeAll(async () => {
    [image, index] = [await anImage({ layers: 3, layerBytes: 200_000 }), await anIndex(['amd64', 'arm64'])];
    writeOciLayout(path.join(folder, 'image'), 'v1', image);
    writeOciLayout(path.join(folder, 'index'), 'v1', index);
    target = `${running.host}/${owner.newRepository()}`;
    await login(owner.person.token);
  });

  const crane = async (...args: string[]): Promise<string> => (await runOk('crane', args, { env })).trim();

  async function login(input: string, config = env): Promise<void> {
    const { username } = owner.person;
    const args = ['auth', 'login', running.host, '--username', username, '--password-stdin'];
    await runOk('crane', args, { env: config, input });
  }

  test('pushes an image and an index with the digests they have', async () => {
    const pushed = await crane('push', path.join(folder, 'image'), `${target}:v1`);
    expect(pushed).toContain(image.manifest.digest);
    await crane('push', '--index', path.join(folder, 'index'), `${target}:multi`);
    // What crane pushes is the layout's own index around the image's.
    const children = await crane('manifest', `${target}:multi`);
    expect(children).toContain(index.manifest.digest);
  });

  test('reads digest, manifest and config as they were pushed', async () => {
    expect(await crane('digest', `${target}:v1`)).toBe(image.manifest.digest);
    expect(`${await crane('manifest', `${target}:v1`)}\n`).toBe(image.manifest.bytes.toString());
    expect(await crane('config', `${target}:v1`)).toBe(image.config.bytes.toString());
    await crane('validate', '--remote', `${target}:v1`);
  });

  test('copies to another repository, and pulls it back', async () => {
    const second = `${running.host}/${owner.newRepository()}`;
    await crane('copy', `${target}:v1`, `${second}:copied`);
    expect(await crane('digest', `${second}:copied`)).toBe(image.manifest.digest);
    const back = path.join(folder, 'back');
    await crane('pull', '--format=oci', `${second}:copied`, back);
    for (const { digest, bytes } of [...image.layers, image.config])
      expect(readFileSync(path.join(back, 'blobs', digest.replace(':', '/'))).equals(bytes)).toBe(true);
  });

  test('puts a layer on top, and tags the result', async () => {
    const layer = path.join(folder, 'layer.tar');
    writeFileSync(layer, await tarOf({ 'etc/note': running.url }));
    await crane('append', '--base', `${target}:v1`, '--new_layer', layer, '--new_tag', `${target}:v2`);
    await crane('tag', `${target}:v2`, 'stable');
    expect(await crane('digest', `${target}:stable`)).toBe(await crane('digest', `${target}:v2`));
    const { layers } = JSON.parse(await crane('manifest', `${target}:v2`)) as { layers: unknown[] };
    expect(layers).toHaveLength(image.layers.length + 1);
  });

  test('lists tags and repositories', async () => {
    expect((await crane('ls', target)).split('\n')).toEqual(['multi', 'stable', 'v1', 'v2']);
    expect((await crane('catalog', running.host)).split('\n')).toContain(target.slice(running.host.length + 1));
  });

  test('deletes a tag and a manifest', async () => {
    await crane('delete', `${target}:stable`);
    expect((await crane('ls', target)).split('\n')).not.toContain('stable');
    await crane('delete', `${target}@${image.manifest.digest}`);
    const gone = await run('crane', ['manifest', `${target}:v1`], { env });
    expect(gone.code).not.toBe(0);
    expect(gone.stderr).toMatch(/MANIFEST_UNKNOWN/);
  });

  test.each([
    { who: 'nobody', token: undefined },
    { who: 'somebody with a wrong token', token: 'not-a-token' },
  ])('as $who is refused a pull, and told why', async ({ who, token }) => {
    const config = { DOCKER_CONFIG: path.join(folder, who) };
    if (token !== undefined) await login(token, config);
    const { code, stderr } = await run('crane', ['manifest', `${target}:v2`], { env: config });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/UNAUTHORIZED|unauthorized/);
  });
});
