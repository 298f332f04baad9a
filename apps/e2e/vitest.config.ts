import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// As in the workspace's own configuration: what counts for `require` as well must suit CommonJS packages.
const conditions = ['@stowage/source', 'node'];

/** Black-box suites, one file after the other: each starts the built Stowage as a person would. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    name: 'e2e',
    include: ['suites/**/*.e2e.test.ts'],
    globalSetup: ['support/topology/global-setup.ts'],
    environment: 'node',
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
