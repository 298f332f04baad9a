import { defineConfig } from 'vitest/config';
import suites from './vitest.config.js';

/** The official conformance program against Stowage; `npm run conformance` brings the program and runs this. */
export default defineConfig({ ...suites, test: { ...suites.test, include: ['conformance/*.e2e.test.ts'] } });
