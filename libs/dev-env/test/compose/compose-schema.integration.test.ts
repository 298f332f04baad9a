import { execFile } from 'node:child_process';
import { accessSync, appendFileSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { COMPOSE_FILE } from './compose-file.js';

const TOOL = 'compose-spec';
const tool = (process.env['PATH'] ?? '')
  .split(':')
  .map((folder) => path.join(folder, TOOL))
  .find(isExecutable);
const text = readFileSync(COMPOSE_FILE, 'utf8');

if (tool === undefined) reportSkip(`${TOOL} not installed`);

test.runIf(tool)('the schema of the compose specification takes the file', async () => {
  expect(await complaintAbout(text)).toBe('');
});

test.runIf(tool).each([
  ['a key', 'start_interval:', 'start_intervall:'],
  ['a condition', 'condition: service_healthy', 'condition: service_fine'],
])('and would not take %s that is misspelt', async (_, right, wrong) => {
  expect(await complaintAbout(text.replace(right, wrong))).toMatch(/not allowed|must be one of/);
});

/** What the specification's own program says against it; empty when it is valid. */
async function complaintAbout(compose: string): Promise<string> {
  const run = promisify(execFile)(tool ?? '', ['-no-interpolation', '-']);
  run.child.stdin?.end(compose);
  return run.then(
    () => '',
    (error: Error & { stderr?: string }) => error.stderr || error.message,
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not to be run
  }
}

/** `npm test` repeats the line at its end, so that nobody takes a skip for a pass. */
function reportSkip(reason: string): void {
  const line = `SKIPPED docker-compose.yml against the schema of the compose specification: ${reason}`;
  process.stdout.write(`${line}\n`);
  const skips = process.env['STOWAGE_E2E_SKIPS'];
  if (skips) appendFileSync(skips, `${line}\n`);
}
