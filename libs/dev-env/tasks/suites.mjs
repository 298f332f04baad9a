// Running Vitest's suites and counting what came of them.
import { readFileSync } from 'node:fs';
import { runTool } from './checks.mjs';

const vitest = 'node_modules/vitest/vitest.mjs';

/** Runs one suite; `report` is the file for its results. */
export async function runSuite({ name, args, report, env }) {
  console.log(`\ntests: ${name}`);
  const result = await runTool(
    [vitest, ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { live: true, env },
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

/** What suites have reported as skipped, each once. */
export function skipLines(file) {
  try {
    return [...new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean))];
  } catch {
    return []; // nothing was skipped
  }
}

export function closingLine(counts) {
  const sum = (key) => counts.reduce((total, count) => total + (count[key] ?? 0), 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
