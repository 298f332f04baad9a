import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { LongestFirst } from './support/longest-first.js';

// As in the workspace's own configuration: what counts for `require` as well must suit CommonJS packages.
const conditions = ['@stowage/source', 'node'];

/** What measures memory, a disk or times, and what lives by the clock: beside others it would measure them too. */
const alone = [
  'suites/limits/*.e2e.test.ts',
  'suites/access/hiding.e2e.test.ts',
  'suites/crash/full-disk.e2e.test.ts',
  'suites/replicas/*.e2e.test.ts',
];

export const shared: ViteUserConfig = {
  root: fileURLToPath(new URL('.', import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    globalSetup: ['support/topology/global-setup.ts'],
    environment: 'node',
    pool: 'forks',
    // Pushes of a whole Debian share the processors with the suite beside them.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    sequence: { sequencer: LongestFirst },
  },
};

/** Black-box suites, each in a process of its own, against the built Stowage as a person would start it. */
export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    projects: [
      {
        extends: true,
        // Three on two cores: a suite waits for its server, a client or a clock more often than it keeps a core busy.
        test: { name: 'e2e', include: ['suites/**/*.e2e.test.ts'], exclude: alone, maxWorkers: 3 },
      },
      {
        extends: true,
        test: { name: 'e2e-alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
