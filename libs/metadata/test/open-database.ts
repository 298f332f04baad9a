import { createTestDatabase } from '@stowage/dev-env/testing';
import { afterAll, beforeAll } from 'vitest';
import { Database } from '../src/database.js';
import { migratedTemplate } from '../src/testing/index.js';

export interface OpenDatabase {
  readonly database: Database;
  readonly connectionString: string;
}

/** A database with the schema for the tests of a file; gone when they have ended. */
export function openDatabase(): OpenDatabase {
  const opened = { connectionString: '' } as { database: Database; connectionString: string };
  let dispose = async (): Promise<void> => undefined;
  beforeAll(async () => {
    const created = await createTestDatabase({ template: migratedTemplate });
    opened.connectionString = created.connectionString;
    opened.database = new Database({ connectionString: created.connectionString, maxConnections: 40 });
    dispose = async () => {
      await opened.database.close();
      await created.dispose();
    };
  });
  afterAll(() => dispose());
  return opened;
}
