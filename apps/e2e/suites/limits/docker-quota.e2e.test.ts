import { mkdirSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeTempDir, removeDir } from '../../support/data-dir.js';
import { startDockerEngine } from '../../support/docker-engine.js';
import { useOwner } from '../../support/use-owner.js';
import { useStowage } from '../../support/use-stowage.js';

const folder = makeTempDir('docker-quota');
const engine = await startDockerEngine(path.join(folder, 'engine'));

afterAll(async () => {
  await engine?.stop();
  removeDir(folder);
});

describe.runIf(engine)('docker push to a namespace that is too small (J6)', () => {
  const running = useStowage({ STOWAGE_DEFAULT_QUOTA_BYTES: '2000000' });
  const owner = useOwner(running);

  test('prints how much there is, how much is used, and where to look', async () => {
    if (!engine) throw new Error('skipped without an engine');
    const context = path.join(folder, 'context');
    mkdirSync(context);
    writeFileSync(path.join(context, 'noise'), randomBytes(5_000_000));
    writeFileSync(path.join(context, 'Dockerfile'), 'FROM scratch\nCOPY noise /noise\nCMD ["/noise"]\n');
    const repository = owner.newRepository();
    const image = `${running.host}/${repository}:v1`;
    await engine.run(['build', '--tag', image, context]);
    const { username, token } = owner.person;
    await engine.run(['login', running.host, '--username', username, '--password-stdin'], { input: token });
    const { code, stdout, stderr } = await engine.try(['push', image]);
    const printed = stdout + stderr;
    expect(code).not.toBe(0);
    expect(printed).toContain(`denied: namespace ${owner.namespace} is out of storage: 0 bytes of 1.9 MiB used`);
    expect(printed).toContain(`${running.url}/n/${owner.namespace}/usage`);
  });
});
