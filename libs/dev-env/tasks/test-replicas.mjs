// `npm run test:replicas`: the black-box suites that know only URLs, against two registries and two token services behind a
// round-robin proxy, with the blobs on a real S3 server. Ends with one line that counts them.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './checks.mjs';
import { closingLine, runSuite, skipLines } from './suites.mjs';

const reports = path.join(root, 'artifacts/test-reports/replicas');
const skips = path.join(reports, 'skipped.txt');

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const count = await runSuite({
  name: 'black box, on replicas and S3',
  args: [
    'run',
    '--config',
    'apps/e2e/vitest.config.ts',
    'suites/registry',
    'suites/conformance',
    'suites/access',
    'suites/clients',
  ],
  report: path.join(reports, 'e2e.json'),
  env: { STOWAGE_E2E_TOPOLOGY: 'replicas', STOWAGE_E2E_STORAGE: 's3', STOWAGE_E2E_SKIPS: skips },
});
console.log('');
for (const line of skipLines(skips)) console.log(line);
console.log(closingLine([count]));
process.exitCode = count.failed === 0 ? 0 : 1;
