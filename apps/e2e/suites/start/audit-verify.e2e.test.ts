import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '@stowage/embedded-postgres';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { makeTempDir, removeDir } from '../../support/data-dir.js';
import { signUp } from '../../support/management-api.js';
import { Stowage } from '../../support/stowage.js';

const COMMAND = fileURLToPath(new URL('../../../stowage/dist/audit-verify.js', import.meta.url));
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function verify(env: Readonly<Record<string, string>>, ...head: string[]) {
  const child = spawn(process.execPath, [COMMAND, ...head], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [output, code] = await Promise.all([text(child.stdout), exited, text(child.stderr)]);
  return { code, output };
}

test('the command says that the audit log is whole, and names the first row that was changed', async () => {
  const dataDir = makeTempDir('audit-verify');
  onTestFinished(() => removeDir(dataDir));
  const postgres = await startEmbeddedPostgres({ dataDirectory: `${dataDir}/postgres`, logger: silent as never });
  onTestFinished(() => postgres.stop());
  const env = { STOWAGE_DATABASE_URL: postgres.connectionString, STOWAGE_DATA_DIR: dataDir };
  const stowage = await Stowage.launch({ dataDir, env });
  onTestFinished(() => stowage.stop().then(() => undefined));
  await stowage.ready();
  await signUp(stowage.url, 'sealer');
  const whole = /^The audit log is whole: \d+ events in \d+ seals, 0 not sealed yet/;
  await expect
    .poll(() => verify(env), { timeout: 120_000, interval: 1000 })
    .toMatchObject({ code: 0, output: expect.stringMatching(whole) });
  const head = /\d+:[0-9a-f]{64}/.exec((await verify(env)).output)?.[0] ?? '';
  expect(await verify(env, head)).toMatchObject({ code: 0 });
  expect(await verify(env, `1:${'0'.repeat(64)}`)).toMatchObject({ code: 1 });

  const client = new Client({ connectionString: postgres.connectionString });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(
    `UPDATE audit_event SET actor_name = 'nobody' WHERE action = 'namespace.create' RETURNING id`,
  );
  await client.end();
  const { code, output } = await verify(env);
  expect([code, output]).toEqual([1, expect.stringContaining(`event changed (event ${rows[0]?.id}, seal `)]);
});
