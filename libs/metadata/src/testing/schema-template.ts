import { fileURLToPath } from 'node:url';
import { migrate } from '../migrate.js';

/** The migrations of this repository. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url));

/** For `createTestDatabase` of @stowage/dev-env: a database with the schema and no rows. */
export const migratedTemplate = {
  name: 'migrated',
  prepare: async (connectionString: string): Promise<void> => {
    await migrate(connectionString, MIGRATIONS_FOLDER);
  },
} as const;
