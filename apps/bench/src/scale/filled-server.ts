import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@stowage/embedded-postgres';
import pg from 'pg';
import type { CleanUp } from '../clean-up.js';
import { startStowage, type StowageServer } from '../servers/stowage-server.js';
import { Filler } from './fill.js';

/** Only for the filling, which nobody minds to lose: pages are read with the product's own settings. */
const QUICK_TO_FILL = { fsync: 'off', full_page_writes: 'off', max_wal_size: '8GB', checkpoint_timeout: '30min' };

export interface FilledServer {
  readonly server: StowageServer;
  readonly client: pg.Client;
  readonly filler: Filler;
}

/** Stowage on a Postgres of its own whose tables can be filled past it. */
export async function startFilledServer(
  directory: string,
  cleanUp: CleanUp,
  variables: Readonly<Record<string, string>> = {},
): Promise<FilledServer> {
  await mkdir(directory, { mode: 0o755 });
  const postgres = await startEmbeddedPostgres({
    dataDirectory: join(directory, 'postgres'),
    parameters: QUICK_TO_FILL,
  });
  cleanUp.add(() => postgres.stop());
  const server = await startStowage(directory, cleanUp, {
    STOWAGE_DATABASE_URL: postgres.connectionString,
    ...variables,
  });
  const client = new pg.Client({ connectionString: postgres.connectionString });
  await client.connect();
  cleanUp.add(() => client.end());
  const filler = new Filler(client);
  await filler.prepare();
  return { server, client, filler };
}
