import { defineConfig } from 'vitest/config';

// Packages resolve to their source, so tests need no build. Vite's own conditions are replaced, not extended, hence the repetition.
const conditions = ['@stowage/source', 'module', 'import', 'node', 'default'];
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
          testTimeout: 10_000,
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
          // Each file starts a Postgres of its own; the machine that runs this may have two cores.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
