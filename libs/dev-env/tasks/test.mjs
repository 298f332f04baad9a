// `npm test`: lint, types, unit, integration and black-box suites, ending with one line that counts them all.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { lintChecks, root, runChecks, runTool, typeChecks } from './checks.mjs';

const reports = path.join(root, 'artifacts/test-reports');
const skips = path.join(reports, 'skipped.txt');
const vitest = 'node_modules/vitest/vitest.mjs';

const suites = [
  { name: 'unit and integration', args: ['run', '--passWithNoTests'], report: 'vitest.json' },
  { name: 'black box', args: ['run', '--config', 'apps/e2e/vitest.config.ts'], report: 'e2e.json' },
];

async function runSuite(suite) {
  const report = path.join(reports, suite.report);
  console.log(`\ntests: ${suite.name}`);
  const result = await runTool(
    [vitest, ...suite.args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { live: true, env: { STOWAGE_E2E_SKIPS: skips } },
  );
  return countOf(report, result.ok);
}

/** A run that ended badly without a failed test (a crash, an unhandled rejection, a file that did not load) is one failure. */
function countOf(report, ok) {
  let json;
  try {
    json = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const emptyFailures = json.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = json.numFailedTests + emptyFailures.length;
  return {
    passed: json.numPassedTests,
    failed: failed === 0 && !ok ? 1 : failed,
    skipped: json.numPendingTests + json.numTodoTests,
  };
}

function skipLines() {
  try {
    return [...new Set(readFileSync(skips, 'utf8').split('\n').filter(Boolean))];
  } catch {
    return []; // nothing was skipped
  }
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const counts = [await runChecks('lint', lintChecks), await runChecks('types', typeChecks)];
for (const suite of suites) counts.push(await runSuite(suite));

const total = { passed: 0, failed: 0, skipped: 0 };
for (const count of counts) for (const key of Object.keys(count)) total[key] += count[key];

console.log('');
for (const line of skipLines()) console.log(line);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed === 0 ? 0 : 1;
