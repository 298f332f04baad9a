import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAvailable } from '../../support/clients.js';
import { makeTempDir, removeDir } from '../../support/data-dir.js';
import { type DockerEngine, startDockerEngine } from '../../support/docker-engine.js';
import { Podman } from '../../support/podman.js';
import { getRootfs } from '../../support/rootfs.js';
import type { Credentials } from '../../support/token-service.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const folder = makeTempDir('docker');
const engine = await startDockerEngine(path.join(folder, 'engine'));
const hasPodman = isAvailable('podman', ['podman'], { root: true });

afterAll(async () => {
  await engine?.stop();
  removeDir(folder);
});

describe.runIf(engine)('the Docker engine (J3)', () => {
  const running = useSharedStowage();
  const owner = useOwner(running);
  let image = '';
  let pushedDigest = '';

  function docker(): DockerEngine {
    if (!engine) throw new Error('skipped without an engine');
    return engine;
  }

  function login({ username, secret }: Credentials) {
    return docker().try(['login', running.host, '--username', username, '--password-stdin'], { input: secret });
  }

  beforeAll(async () => {
    image = `${running.host}/${owner.newRepository()}:v1`;
    const context = path.join(folder, 'context');
    mkdirSync(context);
    const { layers } = await getRootfs();
    layers.forEach((file, at) => copyFileSync(file, path.join(context, `layer-${at}.tar`)));
    writeFileSync(path.join(context, 'note'), image);
    const steps = ['FROM scratch', ...layers.map((_, at) => `ADD layer-${at}.tar /`), 'COPY note /etc/stowage-note'];
    writeFileSync(path.join(context, 'Dockerfile'), [...steps, 'ENV SHIP=stowage', 'CMD ["/bin/sh"]', ''].join('\n'));
    await docker().run(['build', '--tag', image, context]);
  });

  test('is told that a wrong token is unauthorized', async () => {
    const { username } = owner.person;
    const { code, stderr } = await login({ username, secret: 'not-a-token' });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/unauthorized/i);
  });

  test('is refused a push before it has signed in', async () => {
    const { code, stderr, stdout } = await docker().try(['push', image]);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(/unauthorized|denied|authentication required/i);
  });

  test('signs in with an access token, and pushes an image of several layers', async () => {
    const { person } = owner;
    const { code, stdout, stderr } = await login({ username: person.username, secret: person.token });
    expect(stdout + stderr).toContain('Login Succeeded');
    expect(code).toBe(0);
    const output = await docker().run(['push', image]);
    pushedDigest = /digest: (sha256:[0-9a-f]{64}) size:/.exec(output)?.[1] ?? '';
    expect(pushedDigest).not.toBe('');
    const repository = image.slice(running.host.length + 1, -':v1'.length);
    const manifest = await owner.client.getManifest(repository, 'v1');
    expect(manifest.headers.get('docker-content-digest')).toBe(pushedDigest);
  });

  test('finds every layer there when it pushes again', async () => {
    const output = await docker().run(['push', image]);
    expect(output.match(/Layer already exists/g)).toHaveLength(3);
  });

  test('pulls the same image back after it has removed its own', async () => {
    await docker().run(['image', 'rm', '--force', image]);
    const output = await docker().run(['pull', image]);
    expect(output).toContain(`Digest: ${pushedDigest}`);
  });

  test.runIf(hasPodman)('what it pushed is pulled by podman with an equal digest', async () => {
    const podman = new Podman(path.join(folder, 'podman'));
    const { username, token: secret } = owner.person;
    expect(await podman.pull(image, { username, secret })).toBe(pushedDigest);
  });
});
