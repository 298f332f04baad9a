// The static checks as data, and how to run one. `npm run lint`, `npm run typecheck` and `npm test` share them.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

export const lintChecks = [
  { name: 'format', command: ['node_modules/@biomejs/biome/bin/biome', 'format', '.'] },
  { name: 'oxlint', command: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--quiet'] },
  {
    name: 'walls between packages',
    command: [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      '.dependency-cruiser.mjs',
      'libs',
      'apps',
    ],
  },
  { name: 'lock file for every platform', command: ['libs/dev-env/tasks/complete-lock.mjs', '--check'] },
  { name: 'dead code', command: ['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'] },
];

/** Said, never a failure: a file above the budget that is still below the limit. */
export const sizeBudget = {
  name: 'files above 250 lines',
  command: ['node_modules/oxlint/bin/oxlint', '-c', 'libs/dev-env/tasks/size-budget.json', '--format', 'unix'],
};

export const typeChecks = [
  { name: 'types of the packages', command: ['node_modules/typescript/bin/tsc', '-b'] },
  {
    name: 'types of the dashboard',
    command: ['node_modules/typescript/bin/tsc', '-p', 'apps/dashboard', '--noEmit'],
    needs: 'apps/dashboard/tsconfig.json',
  },
  {
    name: 'types of the black-box suites',
    command: ['node_modules/typescript/bin/tsc', '-p', 'apps/e2e', '--noEmit'],
    needs: 'apps/e2e/tsconfig.json',
  },
  { name: 'types of the tests', command: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json'] },
];

/** Runs a script, given from the root, under this very Node; its output comes back and is shown when it fails. */
export function runTool(command, options = {}) {
  const [file, ...args] = command;
  const child = spawn(process.execPath, [path.join(root, file), ...args], {
    cwd: root,
    stdio: ['ignore', options.live ? 'inherit' : 'pipe', options.live ? 'inherit' : 'pipe'],
    env: { ...process.env, ...options.env },
  });
  const chunks = [];
  child.stdout?.on('data', (chunk) => chunks.push(chunk));
  child.stderr?.on('data', (chunk) => chunks.push(chunk));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ok: false, output: String(error) }));
    child.once('close', (code) => resolve({ ok: code === 0, output: Buffer.concat(chunks).toString() }));
  });
}

/** Runs every check whatever the ones before said, prints each name with its result, and counts. */
export async function runChecks(title, checks) {
  const count = { passed: 0, failed: 0 };
  for (const check of checks) {
    if (check.needs && !existsSync(path.join(root, check.needs))) continue;
    const started = Date.now();
    const result = await runTool(check.command);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`${title}: ${check.name}: ${result.ok ? 'ok' : 'FAILED'} (${seconds} s)`);
    if (!result.ok) console.log(indent(result.output));
    count[result.ok ? 'passed' : 'failed'] += 1;
  }
  return count;
}

export function indent(text) {
  return text.replaceAll(/^(?=.)/gm, '    ');
}
