import type { Client } from 'pg';

/** Rows of one statement: no transaction gets too large. */
const CHUNK = 200_000;

/** The hexadecimal digits of the digest of row number `i`: in ascending order, so that indexes grow at their end, and as long as real ones. */
const DIGEST = (i: string) =>
  `'sha256:' || lpad(to_hex(${i}), 12, '0') || substr(md5(${i}::text), 1, 20) || md5('-' || ${i})`;

/** About what the manifest of an image with three layers takes. */
const PAYLOAD = (i: string) =>
  `convert_to('{"schemaVersion":2,"layers":["' || repeat(md5(${i}::text), 20) || '"]}', 'UTF8')`;

/** Fills tables past the product: without foreign keys being checked, which all hold. */
export class Filler {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async prepare(): Promise<void> {
    await this.#client.query(`SET session_replication_role = replica; SET synchronous_commit = off`);
  }

  /** Repositories `<owner>/r00000001`, …, of a namespace that is there. */
  async repositories(owner: string, count: number, visibility: 'private' | 'public' = 'private'): Promise<void> {
    await this.#inChunks(count, (from, to) =>
      this.#client.query(
        `INSERT INTO repository (id, namespace_id, path, name, visibility)
         SELECT gen_random_uuid(), n.id, p.path, n.name || '/' || p.path, $4::repository_visibility
         FROM namespace n, generate_series($2::int, $3::int) i, LATERAL (SELECT 'r' || lpad(i::text, 8, '0') AS path) p
         WHERE n.name = $1`,
        [owner, from, to, visibility],
      ),
    );
  }

  /** Namespaces that the measured user is no member of. */
  async namespaces(names: readonly string[]): Promise<void> {
    await this.#client.query(
      `INSERT INTO namespace (id, name, display_name, kind)
       SELECT gen_random_uuid(), name, name, 'organization' FROM unnest($1::text[]) AS name`,
      [names],
    );
    await this.#client.query(
      `INSERT INTO namespace_usage (namespace_id, limit_bytes)
       SELECT id, 1000000000000 FROM namespace WHERE name = ANY ($1)`,
      [names],
    );
  }

  /** Manifests number 1 to `count` of a repository, which is made where there is none. */
  async manifests(repository: string, count: number): Promise<void> {
    const id = await this.#repository(repository);
    await this.#inChunks(count, (from, to) =>
      this.#client.query(
        `INSERT INTO manifest (repository_id, digest, media_type, kind, artifact_type, annotations, payload, payload_size, content_size)
         SELECT $1, ${DIGEST('i')}, 'application/vnd.oci.image.manifest.v1+json', 'image',
                'application/vnd.oci.image.config.v1+json', '{}', p.payload, length(p.payload), 1000000
         FROM generate_series($2::int, $3::int) i, LATERAL (SELECT ${PAYLOAD('i')} AS payload) p`,
        [id, from, to],
      ),
    );
  }

  /** Tags `t00000001`, … of a repository; tag number i names manifest number i, or the last when there are fewer. */
  async tags(repository: string, count: number, manifests: number): Promise<void> {
    const id = await this.#repository(repository);
    await this.#inChunks(count, (from, to) =>
      this.#client.query(
        `INSERT INTO tag (repository_id, name, digest)
         SELECT $1, 't' || lpad(i::text, 8, '0'), ${DIGEST('least(i, $4::int)')} FROM generate_series($2::int, $3::int) i`,
        [id, from, to, manifests],
      ),
    );
  }

  /** What autovacuum would have done by the time that somebody pulls. */
  async vacuum(): Promise<void> {
    await this.#client.query('VACUUM (ANALYZE) repository, manifest, tag');
  }

  async #repository(name: string): Promise<string> {
    const [owner, path] = name.split('/', 2);
    await this.#client.query(
      `INSERT INTO repository (id, namespace_id, path, name) SELECT gen_random_uuid(), id, $2, $3 FROM namespace
       WHERE name = $1 ON CONFLICT DO NOTHING`,
      [owner, path, name],
    );
    const { rows } = await this.#client.query<{ id: string }>('SELECT id FROM repository WHERE name = $1', [name]);
    if (!rows[0]) throw new Error(`no repository ${name}`);
    return rows[0].id;
  }

  async #inChunks(count: number, fill: (from: number, to: number) => Promise<unknown>): Promise<void> {
    for (let from = 1; from <= count; from += CHUNK) await fill(from, Math.min(count, from + CHUNK - 1));
  }
}

/** The digest that `Filler` gives manifest number `number`, as SQL computes it. */
export async function digestsOf(client: Client, numbers: readonly number[]): Promise<string[]> {
  const { rows } = await client.query<{ digest: string }>(
    `SELECT ${DIGEST('i')} AS digest FROM unnest($1::int[]) WITH ORDINALITY AS n (i, at) ORDER BY at`,
    [numbers],
  );
  return rows.map(({ digest }) => digest);
}
