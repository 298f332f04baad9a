// `npm test`: lint, types, unit, integration and black-box suites, ending with one line that counts them all.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { lintChecks, root, runChecks, typeChecks } from './checks.mjs';
import { closingLine, runSuite, skipLines } from './suites.mjs';

const reports = path.join(root, 'artifacts/test-reports');
const skips = path.join(reports, 'skipped.txt');
const env = { STOWAGE_E2E_SKIPS: skips };

const suites = [
  { name: 'unit and integration', args: ['run', '--passWithNoTests'], report: path.join(reports, 'vitest.json'), env },
  {
    name: 'black box',
    args: ['run', '--config', 'apps/e2e/vitest.config.ts'],
    report: path.join(reports, 'e2e.json'),
    env,
  },
];

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const counts = [await runChecks('lint', lintChecks), await runChecks('types', typeChecks)];
for (const suite of suites) counts.push(await runSuite(suite));

console.log('');
for (const line of skipLines(skips)) console.log(line);
console.log(closingLine(counts));
process.exitCode = counts.every(({ failed }) => failed === 0) ? 0 : 1;
