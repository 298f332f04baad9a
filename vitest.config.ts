import { defineConfig } from 'vitest/config';

// Packages resolve to their source, so tests need no build. Vitest hands these to Node, where they count for `require`
// as well: `import` or `module` among them would give CommonJS packages the wrong half of their dependencies.
const conditions = ['@stowage/source', 'node'];
const resolve = { conditions };
const ssr = { resolve: { conditions, externalConditions: conditions } };

// Test files are in no tsconfig that the transformer reads; Nest's decorators are the legacy ones everywhere.
const oxc = { decorator: { legacy: true }, jsx: { runtime: 'automatic' as const } };

const exclude = ['**/node_modules/**', '**/dist/**', '**/generated/**'];

/** The black-box suites have a configuration of their own: apps/e2e/vitest.config.ts. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        oxc,
        test: {
          name: 'unit',
          include: ['{libs,apps}/*/src/**/*.test.{ts,tsx}'],
          exclude,
          environment: 'node',
          // A hundred small files: to start a worker for each takes longer than what is in them.
          isolate: false,
          maxWorkers: 2,
          testTimeout: 60_000,
        },
      },
      {
        resolve,
        ssr,
        oxc,
        test: {
          name: 'integration',
          include: ['{libs,apps}/*/test/**/*.integration.test.ts'],
          exclude: [...exclude, 'apps/e2e/**'],
          environment: 'node',
          pool: 'forks',
          // One Postgres for the run, a database for each file, and one S3 server for those that ask; the machine that runs
          // this may have two cores.
          globalSetup: [
            './libs/dev-env/src/testing/postgres-global-setup.ts',
            './libs/dev-env/src/testing/s3-global-setup.ts',
          ],
          maxWorkers: 2,
          // What is waited for comes when the machine has time.
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
