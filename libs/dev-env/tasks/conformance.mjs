// `npm run conformance`: the official program of the distribution specification, in both versions that it knows, with
// every switch on; first on files, then on replicas with an S3 server. Ends with one line that counts its tests.
// Exit codes: 0 all passed, 1 something failed, 77 the program is not to be had here.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './checks.mjs';
import { conformanceProgram } from './conformance-program.mjs';
import { closingLine, runSuite, skipLines } from './suites.mjs';

const SKIPPED = 77;
const topologies = [
  { name: 'together, on files', folder: 'together', env: {} },
  {
    name: 'replicas, on S3',
    folder: 'replicas',
    env: { STOWAGE_E2E_TOPOLOGY: 'replicas', STOWAGE_E2E_STORAGE: 's3' },
  },
];

const { program, reason } = await conformanceProgram();
if (program === undefined) {
  console.log(`SKIPPED conformance: ${reason}`);
  process.exit(SKIPPED);
}

const reports = path.join(root, 'artifacts/conformance');
const skips = path.join(reports, 'skipped.txt');
rmSync(reports, { recursive: true, force: true });
const counts = [];
for (const { name, folder, env } of topologies) {
  const results = path.join(reports, folder);
  mkdirSync(results, { recursive: true });
  counts.push(
    await runSuite({
      name: `official conformance, ${name}`,
      args: ['run', '--config', 'apps/e2e/vitest.conformance.config.ts'],
      report: path.join(results, 'suite.json'),
      env: {
        ...env,
        STOWAGE_SPARSE_MANIFESTS: 'true', // of the replicas: the program pushes manifests before their content
        STOWAGE_CONFORMANCE: program,
        STOWAGE_CONFORMANCE_RESULTS: results,
        STOWAGE_E2E_SKIPS: skips,
      },
    }),
  );
}
console.log('');
for (const line of skipLines(skips)) console.log(line);
console.log(closingLine(counts));
process.exitCode = counts.every(({ failed }) => failed === 0) ? 0 : 1;
