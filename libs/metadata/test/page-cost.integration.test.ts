import { parseRepositoryName } from '@stowage/oci';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RepositoryListings } from '../src/browsing/repository-listing.js';
import { TagListings } from '../src/browsing/tag-listing.js';
import { Database } from '../src/database.js';
import { CatalogStore } from '../src/registry/catalog-store.js';
import { TagStore } from '../src/registry/tag-store.js';
import { createRepository, createTenant } from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const ROWS = 5_000;
const PAGE = 10;
/** Far more than a page needs, far less than all there is. */
const FEW = 200;

const opened = openDatabase();
let database: Database;
let userId: string;
let owner: string;
let taggedId: string;

beforeAll(async () => {
  // One connection, so that its own counters can be asked for.
  database = new Database({ connectionString: opened.connectionString, maxConnections: 1 });
  const tenant = await createTenant(opened.database, { limitBytes: 1_000_000 });
  userId = tenant.actor.id ?? '';
  owner = tenant.namespace.name;
  const { id } = await createRepository(opened.database, parseRepositoryName(`${owner}/tagged`));
  taggedId = id;
  await database.run(async (db) => {
    await db.$executeRaw`
      INSERT INTO manifest (repository_id, digest, media_type, kind, annotations, payload, payload_size, content_size)
      VALUES (${id}::uuid, 'sha256:0', 'm', 'image', '{}', '', 0, 0)`;
    await db.$executeRaw`
      INSERT INTO tag (repository_id, name, digest)
      SELECT ${id}::uuid, 't' || lpad(i::text, 5, '0'), 'sha256:0' FROM generate_series(1, ${ROWS}::int) i`;
    await db.$executeRaw`
      INSERT INTO repository (id, namespace_id, path, name)
      SELECT gen_random_uuid(), ${tenant.namespace.id}::uuid, 'r' || lpad(i::text, 5, '0'), ${owner} || '/r' || lpad(i::text, 5, '0')
      FROM generate_series(1, ${ROWS}::int) i`;
    await db.$executeRaw`ANALYZE repository, tag`;
  });
});

afterAll(() => database.close());

/** Entries that were read from the indexes of a table, by this connection. */
async function entriesRead(table: string): Promise<number> {
  await database.prepared('test_flush', 'SELECT pg_stat_force_next_flush()', []);
  const [row] = await database.prepared<{ entries: number }>(
    'test_entries',
    'SELECT sum(idx_tup_read)::int AS entries FROM pg_stat_user_indexes WHERE relname = $1',
    [table],
  );
  return row?.entries ?? Number.NaN;
}

describe('a page reads little more than it shows', () => {
  const middle = `${String(ROWS / 2).padStart(5, '0')}`;
  const pages: [string, string, () => Promise<readonly unknown[]>][] = [
    [
      'of tags',
      'tag',
      () =>
        new TagStore(database).list(parseRepositoryName(`${owner}/tagged`), {
          last: `t${middle}`,
          limit: PAGE,
        }),
    ],
    [
      'of tags in the dashboard',
      'tag',
      () => new TagListings(database).list(taggedId, { last: `t${middle}`, limit: PAGE }),
    ],
    [
      'of the catalog',
      'repository',
      () => new CatalogStore(database).list({ kind: 'user', id: userId }, { last: `${owner}/r${middle}`, limit: PAGE }),
    ],
    [
      'of the repositories of a namespace',
      'repository',
      () =>
        new RepositoryListings(database).list(userId, {
          namespace: owner,
          after: { value: `r${middle}`, tie: `r${middle}` },
          limit: PAGE,
        }),
    ],
    [
      'of the repositories of a namespace, from the end',
      'repository',
      () =>
        new RepositoryListings(database).list(userId, {
          namespace: owner,
          order: { by: 'name', descending: true },
          after: { value: `r${middle}`, tie: `r${middle}` },
          limit: PAGE,
        }),
    ],
  ];

  it.each(pages)('%s', async (_name, table, list) => {
    const before = await entriesRead(table);
    expect(await list()).toHaveLength(PAGE);
    const read = (await entriesRead(table)) - before;
    expect(read).toBeGreaterThanOrEqual(PAGE);
    expect(read).toBeLessThan(FEW);
  });
});
