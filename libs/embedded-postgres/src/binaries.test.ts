import { access, constants } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { getPostgresBinaries } from './binaries.js';
import { PostgresStartError } from './postgres-errors.js';

test('finds the programs of this platform', async () => {
  const { initdb, postgres } = getPostgresBinaries();
  await expect(access(initdb, constants.X_OK)).resolves.toBeUndefined();
  await expect(access(postgres, constants.X_OK)).resolves.toBeUndefined();
});

test('points to STOWAGE_DATABASE_URL on a platform without a package', () => {
  expect(() => getPostgresBinaries('plan9-mips')).toThrow(PostgresStartError);
  expect(() => getPostgresBinaries('plan9-mips')).toThrow(
    'there is no embedded PostgreSQL for plan9-mips here: set STOWAGE_DATABASE_URL to a PostgreSQL of your own',
  );
});
