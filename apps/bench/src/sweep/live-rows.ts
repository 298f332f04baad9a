import type { FilledServer } from '../scale/filled-server.js';
import { OWNER } from '../servers/stowage-server.js';

const CHUNK = 250_000;
/** Layers of one manifest. */
const LAYERS = 10;

const DIGEST = (prefix: string) =>
  `'sha256:' || lpad(to_hex(i), 12, '0') || substr(md5('${prefix}' || i), 1, 20) || md5('-${prefix}' || i)`;

/** Blobs that a manifest of the repository needs: the row, its link, its charge, and who needs it. No bytes. */
export async function makeLiveRows({ client }: FilledServer, count: number): Promise<void> {
  const { repository, namespace } = await aRepository({ client });
  // The rows fit together as they are made: to check each of forty million takes longer than to write it.
  await client.query('SET session_replication_role = replica');
  for (let from = 1; from <= count; from += CHUNK) {
    const values = [repository, from, Math.min(count, from + CHUNK - 1)];
    const digest = DIGEST('live');
    const series = 'generate_series($2::int, $3::int) AS i';
    await client.query(
      `INSERT INTO blob (digest, size, generation) SELECT ${digest}, 1000, 'live' FROM ${range(values)} AS i`,
    );
    await client.query(
      `INSERT INTO repository_blob (repository_id, digest) SELECT $1, ${digest} FROM ${series}`,
      values,
    );
    await client.query(
      `INSERT INTO manifest_blob (repository_id, manifest_digest, blob_digest)
       SELECT $1, 'sha256:' || md5((i / ${LAYERS})::text) || md5('-' || i / ${LAYERS}), ${digest} FROM ${series}`,
      values,
    );
    await client.query(
      `INSERT INTO namespace_blob (namespace_id, digest, size, link_count) SELECT $1, ${digest}, 1000, 1 FROM ${series}`,
      [namespace, ...values.slice(1)],
    );
  }
  await client.query('RESET session_replication_role');
  await client.query('VACUUM (ANALYZE) blob, repository_blob, manifest_blob, namespace_blob');
}

/** Links that no manifest needs any more, due to be looked at. */
export async function makeDeadLinks({ client }: FilledServer, count: number, round: number): Promise<void> {
  const { repository, namespace } = await aRepository({ client });
  const digest = DIGEST(`dead${round}`);
  const values = [repository, count];
  const series = 'generate_series(1, $2::int) AS i';
  await client.query(
    `INSERT INTO blob (digest, size, generation) SELECT ${digest}, 1000, 'dead' FROM generate_series(1, $1::int) AS i`,
    [count],
  );
  await client.query(`INSERT INTO repository_blob (repository_id, digest) SELECT $1, ${digest} FROM ${series}`, values);
  await client.query(
    `INSERT INTO namespace_blob (namespace_id, digest, size, link_count) SELECT $1, ${digest}, 1000, 1 FROM ${series}`,
    [namespace, count],
  );
  await client.query(`UPDATE namespace_usage SET used_bytes = used_bytes + $2 WHERE namespace_id = $1`, [
    namespace,
    count * 1000,
  ]);
  await client.query(
    `INSERT INTO link_review (repository_id, digest, review_after, event) SELECT $1, ${digest}, now(), 'sweep' FROM ${series}`,
    values,
  );
}

async function aRepository({
  client,
}: Pick<FilledServer, 'client'>): Promise<{ repository: string; namespace: string }> {
  await client.query(
    `INSERT INTO repository (id, namespace_id, path, name)
     SELECT gen_random_uuid(), id, 'sweep', name || '/sweep' FROM namespace WHERE name = $1 ON CONFLICT DO NOTHING`,
    [OWNER],
  );
  const { rows } = await client.query<{ repository: string; namespace: string }>(
    'SELECT id AS repository, namespace_id AS namespace FROM repository WHERE name = $1',
    [`${OWNER}/sweep`],
  );
  if (!rows[0]) throw new Error('no repository');
  return rows[0];
}

function range([, from, to]: readonly unknown[]): string {
  return `generate_series(${Number(from)}, ${Number(to)})`;
}
