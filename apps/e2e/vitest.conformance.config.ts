import { defineConfig } from 'vitest/config';
import { shared } from './vitest.config.js';

/** The official conformance program against Stowage; `npm run conformance` brings the program and runs this. */
export default defineConfig({
  ...shared,
  test: { ...shared.test, name: 'conformance', include: ['conformance/*.e2e.test.ts'] },
});
