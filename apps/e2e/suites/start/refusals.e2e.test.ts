import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeTempDir, removeDataDir } from '../../support/data-dir.js';
import { canSeeProcesses, listProcesses } from '../../support/processes.js';
import { type Ended, findFreePort, startStowage, startToRefusal } from '../../support/stowage.js';

const scratch = makeTempDir('refusals');

afterAll(() => removeDataDir(scratch));

/** One clear line that names it, a failure for the shell, and no stack of calls. */
function expectOneLine({ code, output }: Ended, named: string): void {
  expect(code, output).not.toBe(0);
  expect(code, output).not.toBeNull();
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  expect(lines.filter((line) => line.includes(named)).length, output).toBeGreaterThanOrEqual(1);
  expect(output).not.toMatch(/^\s+at /m);
  expect(lines.length, output).toBeLessThanOrEqual(5);
}

test('a second start on one data folder says so, and the first goes on', async () => {
  const dataDir = path.join(scratch, 'shared');
  const first = await startStowage({ dataDir });
  try {
    expectOneLine(await startToRefusal({ dataDir }), dataDir);
    expect(first.isRunning).toBe(true);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  } finally {
    await first.stop();
  }
});

test('a taken port is named, and nothing is left running', async () => {
  const dataDir = path.join(scratch, 'port');
  const server = createServer().listen(await findFreePort(), '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  try {
    expectOneLine(await startToRefusal({ dataDir, port }), String(port));
  } finally {
    server.close();
  }
  const left = canSeeProcesses ? listProcesses(-1, dataDir) : [];
  expect(left).toEqual([]);
});

test('a folder that can not be made is named', async () => {
  const file = path.join(scratch, 'a-file');
  writeFileSync(file, 'not a folder');
  const dataDir = path.join(file, 'data');
  expectOneLine(await startToRefusal({ dataDir }), dataDir);
});

test.each([
  { name: 'STOWAGE_PORT', value: 'abc' },
  { name: 'STOWAGE_PORT', value: '70000' },
  { name: 'STOWAGE_ACCESS_TOKEN_TTL', value: '5' },
  { name: 'STOWAGE_SIGNUP', value: 'maybe' },
  { name: 'STOWAGE_STORAGE', value: 'tape' },
  { name: 'STOWAGE_PUBLIC_URL', value: 'not a url' },
])('$name=$value is refused by name', async ({ name, value }) => {
  const dataDir = path.join(scratch, `${name}-${value.replaceAll(' ', '-')}`);
  expectOneLine(await startToRefusal({ dataDir, env: { [name]: value } }), name);
  expect(readdirSync(scratch)).not.toContain(path.basename(dataDir));
});
