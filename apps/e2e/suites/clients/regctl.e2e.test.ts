import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAvailable } from '../../support/clients.js';
import { run, runOk } from '../../support/command.js';
import { makeTempDir, removeDir } from '../../support/data-dir.js';
import { anIndex, digestOf, type Index } from '../../support/images.js';
import { writeOciLayout } from '../../support/oci-layout.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasRegctl = isAvailable('regctl', ['regctl']);
const folder = makeTempDir('regctl');
const env = { REGCTL_CONFIG: path.join(folder, 'config.json') };

interface Referrers {
  readonly manifests: readonly { readonly digest: string; readonly artifactType: string }[];
}

afterAll(() => removeDir(folder));

describe.runIf(hasRegctl)('regctl (J3)', () => {
  const running = useSharedStowage();
  const owner = useOwner(running);
  let index: Index;
  let target = '';

  beforeAll(async () => {
    index = await anIndex(['amd64', 'arm64']);
    writeOciLayout(path.join(folder, 'index'), 'v1', index);
    target = `${running.host}/${owner.newRepository()}`;
    await regctl('registry', 'set', running.host, '--tls', 'disabled', '--skip-check');
    const login = ['registry', 'login', running.host, '--user', owner.person.username, '--pass-stdin'];
    await runOk('regctl', login, { env, input: owner.person.token });
  });

  const regctl = async (...args: string[]): Promise<string> => (await runOk('regctl', args, { env })).trim();

  async function referrersOf(subject: string): Promise<Referrers['manifests']> {
    const list = await regctl('artifact', 'list', subject, '--format', '{{jsonPretty .Manifest}}');
    return (JSON.parse(list) as Referrers).manifests ?? [];
  }

  test('copies an index with all its platforms into the registry', async () => {
    await regctl('image', 'copy', `ocidir://${path.join(folder, 'index')}:v1`, `${target}:v1`);
    expect(await regctl('image', 'digest', `${target}:v1`)).toBe(index.manifest.digest);
    const arm = await regctl('image', 'digest', '--platform', 'linux/arm64', `${target}:v1`);
    expect(arm).toBe(index.images[1]?.manifest.digest);
  });

  test('attaches artifacts, lists them by type and gets them back (P18, P19)', async () => {
    const note = path.join(folder, 'note.txt');
    writeFileSync(note, `a note for ${running.url}`);
    for (const type of ['application/vnd.example.note', 'application/vnd.example.sbom']) {
      const media = ['--artifact-type', type, '--file', note, '--file-media-type', 'text/plain'];
      await regctl('artifact', 'put', ...media, '--subject', `${target}:v1`);
    }
    const all = await referrersOf(`${target}:v1`);
    expect(all.map(({ artifactType }) => artifactType).toSorted()).toEqual([
      'application/vnd.example.note',
      'application/vnd.example.sbom',
    ]);
    const filter = ['--filter-artifact-type', 'application/vnd.example.note'];
    const notes = await regctl('artifact', 'list', `${target}:v1`, ...filter, '--format', '{{jsonPretty .Manifest}}');
    const [descriptor] = (JSON.parse(notes) as Referrers).manifests;
    expect(await regctl('artifact', 'get', `${target}@${descriptor?.digest}`)).toBe(readFileSync(note, 'utf8'));
  });

  test('copies an image with what refers to it', async () => {
    const second = `${running.host}/${owner.newRepository()}`;
    await regctl('image', 'copy', '--referrers', `${target}:v1`, `${second}:copied`);
    expect(await regctl('image', 'digest', `${second}:copied`)).toBe(index.manifest.digest);
    expect(await referrersOf(`${second}:copied`)).toHaveLength(2);
  });

  test('pushes a blob in chunks, and gets, sizes and deletes it (P7)', async () => {
    const bytes = randomBytes(1_000_000);
    const file = path.join(folder, 'blob');
    writeFileSync(file, bytes);
    await regctl('registry', 'set', running.host, '--blob-chunk', '300000', '--blob-max', '300000', '--skip-check');
    const repository = target;
    const put = await run('sh', ['-c', `regctl -v trace blob put '${repository}' < '${file}'`], { env });
    const digest = put.stdout.trim();
    expect(digest, put.stderr).toBe(digestOf(bytes));
    // Four, or one where the registry asks for larger ones with OCI-Chunk-Min-Length, as it does on S3.
    expect([1, 4]).toContain(put.stderr.match(/req-method=PATCH/g)?.length);
    const back = path.join(folder, 'blob-back');
    await runOk('sh', ['-c', `regctl blob get '${repository}' '${digest}' > '${back}'`], { env });
    expect(readFileSync(back).equals(bytes)).toBe(true);
    expect(await regctl('blob', 'head', repository, digest)).toContain('1000000');
    await regctl('blob', 'delete', repository, digest);
    expect((await run('regctl', ['blob', 'head', repository, digest], { env })).code).not.toBe(0);
  });

  test('makes an image over with sha512, and reads it back (P12)', async () => {
    const image = index.images[0]?.manifest.digest ?? '';
    await regctl('image', 'mod', `${target}@${image}`, '--digest-algo', 'sha512', '--create', `${target}:sha512`);
    const digest = await regctl('image', 'digest', `${target}:sha512`);
    expect(digest).toMatch(/^sha512:[0-9a-f]{128}$/);
    const served = await owner.client.getManifest(target.slice(running.host.length + 1), digest);
    expect(served.headers.get('docker-content-digest')).toBe(digest);
    const { layers } = (await served.json()) as { layers: { digest: string }[] };
    for (const layer of layers) expect(layer.digest).toMatch(/^sha512:/);
  });

  test('lists, deletes a tag and then the manifest', async () => {
    expect((await regctl('tag', 'ls', target)).split('\n')).toEqual(expect.arrayContaining(['sha512', 'v1']));
    await regctl('tag', 'delete', `${target}:sha512`);
    expect((await regctl('tag', 'ls', target)).split('\n')).not.toContain('sha512');
    await regctl('manifest', 'delete', `${target}@${index.manifest.digest}`);
    const gone = await run('regctl', ['manifest', 'get', `${target}:v1`], { env });
    expect([gone.code, gone.stderr]).toEqual([1, expect.stringMatching(/not found/i)]);
  });

  test('is refused with a wrong token', async () => {
    const login = ['registry', 'login', running.host, '--user', owner.person.username, '--pass-stdin'];
    const stranger = { REGCTL_CONFIG: path.join(folder, 'stranger.json') };
    await runOk('regctl', ['registry', 'set', running.host, '--tls', 'disabled', '--skip-check'], { env: stranger });
    const { code, stdout, stderr } = await run('regctl', login, { env: stranger, input: 'not-a-token' });
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(/unauthorized/i);
  });
});
