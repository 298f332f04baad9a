import { SHARED_SERVER_VARIABLE } from './test-database.js';
import { startTestPostgres } from './test-postgres.js';

/** Vitest's `globalSetup`: one server for all files of a run. The workers inherit the variable. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  process.env[SHARED_SERVER_VARIABLE] = server.connectionString;
  return async () => {
    delete process.env[SHARED_SERVER_VARIABLE];
    await server.stop();
  };
}
