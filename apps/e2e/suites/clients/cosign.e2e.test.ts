import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAvailable } from '../../support/clients.js';
import { type CommandResult, run, runOk } from '../../support/command.js';
import { makeTempDir, removeDir } from '../../support/data-dir.js';
import { anImage, type Image } from '../../support/images.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasCosign = isAvailable('cosign', ['cosign']);
const folder = makeTempDir('cosign');
const env = {
  DOCKER_CONFIG: path.join(folder, 'config'),
  COSIGN_PASSWORD: 'a password',
  COSIGN_EXPERIMENTAL: '1', // what signatures as referrers still need
  HTTPS_PROXY: 'http://127.0.0.1:9', // nothing here leaves the machine: it is a key pair and no service of others
};
const HTTP = '--allow-http-registry';
const SIGN = ['--key', 'mine.key', '--tlog-upload=false', '--yes', HTTP];
const UNLOGGED = ['--insecure-ignore-tlog=true', '--private-infrastructure', HTTP];

/** The places where cosign keeps a signature. */
const PLACES = [
  { where: 'under a tag beside the image', sign: [], verify: [], artifactType: undefined },
  {
    where: 'as a referrer',
    sign: ['--registry-referrers-mode=oci-1-1'],
    verify: ['--experimental-oci11'],
    artifactType: 'application/vnd.dev.cosign.artifact.sig.v1+json',
  },
  {
    where: 'as a bundle that is a referrer',
    sign: ['--new-bundle-format'],
    verify: ['--new-bundle-format', '--trusted-root=root.json'],
    artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
  },
];

afterAll(() => removeDir(folder));

describe.runIf(hasCosign)('cosign (J3)', () => {
  const running = useSharedStowage();
  const owner = useOwner(running);

  beforeAll(async () => {
    for (const name of ['mine', 'other']) await cosign('generate-key-pair', '--output-key-prefix', name);
    await cosign('trusted-root', 'create', '--out', 'root.json');
    const { username, token } = owner.person;
    await cosign('login', running.host, '--username', username, '--password', token);
  });

  const tryCosign = (...args: string[]): Promise<CommandResult> => run('cosign', args, { env, cwd: folder });
  const cosign = (...args: string[]): Promise<string> => runOk('cosign', args, { env, cwd: folder });

  async function aPushedImage(): Promise<{ repository: string; image: Image; name: string }> {
    const [repository, image] = [owner.newRepository(), await anImage()];
    await owner.client.pushImage(repository, 'v1', image);
    return { repository, image, name: `${running.host}/${repository}@${image.manifest.digest}` };
  }

  async function tagsOf(repository: string): Promise<string[]> {
    const response = await owner.client.request('GET', `/v2/${repository}/tags/list`);
    return ((await response.json()) as { tags: string[] }).tags;
  }

  async function typesOfReferrers(repository: string, { manifest }: Image): Promise<string[]> {
    const response = await owner.client.request('GET', `/v2/${repository}/referrers/${manifest.digest}`);
    const { manifests } = (await response.json()) as { manifests: { artifactType: string }[] };
    return manifests.map(({ artifactType }) => artifactType);
  }

  test.each(PLACES)('keeps a signature $where and verifies it (P18)', async ({ sign, verify, artifactType }) => {
    const { repository, image, name } = await aPushedImage();
    const signature = `${image.manifest.digest.replace(':', '-')}.sig`;
    await cosign('sign', ...SIGN, ...sign, name);
    expect(await tagsOf(repository)).toEqual(artifactType === undefined ? [signature, 'v1'] : ['v1']);
    expect(await typesOfReferrers(repository, image)).toEqual(artifactType === undefined ? [] : [artifactType]);
    const verified = await cosign('verify', '--key', 'mine.pub', ...UNLOGGED, ...verify, name);
    expect(verified).toContain(image.manifest.digest);
    const refused = await tryCosign('verify', '--key', 'other.pub', ...UNLOGGED, ...verify, name);
    expect(refused.code).not.toBe(0);
  });

  test('finds no signature where there is none', async () => {
    const { name } = await aPushedImage();
    const { code, stderr } = await tryCosign('verify', '--key', 'mine.pub', ...UNLOGGED, name);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/no signatures found/i);
  });

  test('attests, and verifies the attestation', async () => {
    const { name } = await aPushedImage();
    writeFileSync(path.join(folder, 'predicate.json'), JSON.stringify({ ship: 'stowage' }));
    await cosign('attest', ...SIGN, '--type', 'custom', '--predicate', 'predicate.json', name);
    const verify = ['verify-attestation', '--key', 'mine.pub', '--type', 'custom', ...UNLOGGED];
    const { payload } = JSON.parse(await cosign(...verify, name)) as { payload: string };
    expect(Buffer.from(payload, 'base64').toString()).toContain('stowage');
  });

  test('copies an image with its signature, and removes the signature', async () => {
    const { repository, image, name } = await aPushedImage();
    await cosign('sign', ...SIGN, name);
    const second = owner.newRepository();
    await cosign('copy', HTTP, `${running.host}/${repository}:v1`, `${running.host}/${second}:v1`);
    const copy = `${running.host}/${second}@${image.manifest.digest}`;
    await cosign('verify', '--key', 'mine.pub', ...UNLOGGED, copy);
    await cosign('clean', HTTP, '--force', name);
    expect(await tagsOf(repository)).toEqual(['v1']);
    expect((await tryCosign('verify', '--key', 'mine.pub', ...UNLOGGED, name)).code).not.toBe(0);
    expect((await tryCosign('verify', '--key', 'mine.pub', ...UNLOGGED, copy)).code).toBe(0);
  });
});
