import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAvailable } from '../../support/clients.js';
import { run, runOk } from '../../support/command.js';
import { makeTempDir, removeDir } from '../../support/data-dir.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasHelm = isAvailable('helm', ['helm']);
const folder = makeTempDir('helm');
// helm keeps everything below these.
const env = {
  HELM_CACHE_HOME: path.join(folder, 'cache'),
  HELM_CONFIG_HOME: path.join(folder, 'config'),
  HELM_DATA_HOME: path.join(folder, 'data'),
};

afterAll(() => removeDir(folder));

describe.runIf(hasHelm)('helm (J3)', () => {
  const running = useSharedStowage();
  const owner = useOwner(running);
  const chart = path.join(folder, 'harbour-0.1.0.tgz');
  let charts = '';

  beforeAll(async () => {
    charts = `oci://${running.host}/${owner.namespace}/charts`;
    await helm('create', path.join(folder, 'harbour'));
    await helm('package', path.join(folder, 'harbour'), '--destination', folder);
  });

  const helm = (...args: string[]): Promise<string> => runOk('helm', args, { env });

  function login(input: string) {
    const { username } = owner.person;
    const args = ['registry', 'login', running.host, '--plain-http', '--username', username, '--password-stdin'];
    return run('helm', args, { env, input });
  }

  test('is refused before it has signed in, and with a wrong token', async () => {
    const push = await run('helm', ['push', chart, charts, '--plain-http'], { env });
    expect(push.code).not.toBe(0);
    expect(push.stderr).toMatch(/unauthorized|401/i);
    const { code, stderr } = await login('not-a-token');
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/unauthorized|401/i);
  });

  test('signs in and pushes a chart', async () => {
    expect((await login(owner.person.token)).code).toBe(0);
    const { stderr } = await run('helm', ['push', chart, charts, '--plain-http'], { env });
    const digest = /Digest: (sha256:[0-9a-f]{64})/.exec(stderr)?.[1];
    const served = await owner.client.getManifest(`${owner.namespace}/charts/harbour`, '0.1.0');
    expect(served.headers.get('docker-content-digest')).toBe(digest);
    const { config } = (await served.json()) as { config: { mediaType: string } };
    expect(config.mediaType).toBe('application/vnd.cncf.helm.config.v1+json');
  });

  test('pulls it back, byte for byte', async () => {
    const back = path.join(folder, 'back');
    mkdirSync(back);
    await helm('pull', `${charts}/harbour`, '--version', '0.1.0', '--plain-http', '--destination', back);
    expect(readFileSync(path.join(back, 'harbour-0.1.0.tgz')).equals(readFileSync(chart))).toBe(true);
  });

  test('finds the newest version that fits, and renders it', async () => {
    const source = path.join(folder, 'harbour');
    await helm('package', source, '--destination', folder, '--version', '0.2.0');
    await helm('push', path.join(folder, 'harbour-0.2.0.tgz'), charts, '--plain-http');
    expect(await helm('show', 'chart', `${charts}/harbour`, '--version', '^0.1.0 || ^0.2.0', '--plain-http')).toMatch(
      /^version: 0\.2\.0$/m,
    );
    const rendered = await helm('template', 'pier', `${charts}/harbour`, '--version', '0.1.0', '--plain-http');
    expect(rendered).toContain('name: pier-harbour');
  });

  test('is told of a version that is not there', async () => {
    const args = ['pull', `${charts}/harbour`, '--version', '9.9.9', '--plain-http', '--destination', folder];
    const { code, stderr } = await run('helm', args, { env });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/not found/i);
  });
});
