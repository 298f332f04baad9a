import { readFile } from 'node:fs/promises';
import type { AppProcess } from '../topology/app-process.js';
import type { Check } from './check.js';

/** Nothing ends by itself, and nothing goes wrong that nobody was waiting for. */
export async function checkProcesses(apps: readonly AppProcess[]): Promise<Check> {
  const logs = await Promise.all(apps.map(async ({ logFile }) => ({ logFile, text: await readFile(logFile, 'utf8') })));
  const surprises = logs.flatMap(({ logFile, text }) =>
    text
      .split('\n')
      .filter((line) => line.includes('unhandled rejection') || line.includes('"msg":"request failed"'))
      .map((line) => `${logFile}: ${line.slice(0, 400)}`),
  );
  return {
    name: 'no process ended by itself, and no defect was logged',
    summary: `${apps.length} processes`,
    violations: [...apps.flatMap(({ crashes }) => crashes), ...surprises],
  };
}
