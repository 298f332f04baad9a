import pg from 'pg';

/** What the database says of a namespace, and what it should say. */
export interface Accounts {
  readonly used: number;
  readonly reserved: number;
  readonly recountedUsed: number;
  readonly recountedReserved: number;
}

/** What the books say against what the rows say (I6): each distinct blob and manifest of a namespace once. */
const RECOUNT = `
  SELECT u.used_bytes::float8 AS used, u.reserved_bytes::float8 AS reserved,
    (SELECT coalesce(sum(size), 0)::float8 FROM (
      SELECT b.digest, b.size FROM repository r
        JOIN repository_blob l ON l.repository_id = r.id JOIN blob b ON b.digest = l.digest
        WHERE r.namespace_id = n.id
      UNION
      SELECT m.digest, m.payload_size FROM repository r JOIN manifest m ON m.repository_id = r.id
        WHERE r.namespace_id = n.id) AS held) AS "recountedUsed",
    (SELECT coalesce(sum(s.reserved_bytes), 0)::float8 FROM upload_session s
      JOIN repository r ON r.id = s.repository_id WHERE r.namespace_id = n.id) AS "recountedReserved"
  FROM namespace n JOIN namespace_usage u ON u.namespace_id = n.id WHERE n.name = $1`;

/** Looks into the database of replicas, and moves its clock where a test would have to wait. */
export class DatabaseView {
  readonly #pool: pg.Pool;

  constructor(connectionString: string) {
    this.#pool = new pg.Pool({ connectionString, max: 2 });
    this.#pool.on('error', () => undefined); // the server of a test may be killed
  }

  async accountsOf(namespace: string): Promise<Accounts> {
    const { rows } = await this.#pool.query<Accounts>(RECOUNT, [namespace]);
    if (!rows[0]) throw new Error(`no namespace ${namespace}`);
    return rows[0];
  }

  /** The keys that rows name: what storage has to have. */
  async objects(): Promise<string[]> {
    const { rows } = await this.#pool.query<{ key: string }>(
      `SELECT concat_ws('/', 'blobs', algorithm, left(hex, 2), hex, generation) AS key
       FROM (SELECT split_part(digest, ':', 1) AS algorithm, split_part(digest, ':', 2) AS hex, generation FROM blob) AS b`,
    );
    return rows.map(({ key }) => key);
  }

  async count(table: 'upload_session' | 'blob' | 'manifest' | 'object_removal', where = 'true'): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table} WHERE ${where}`,
    );
    return rows[0]?.count ?? 0;
  }

  /** What a collector had in hand is anybody's at once, and not in minutes. */
  async endReviewClaims(): Promise<void> {
    for (const queue of ['manifest_review', 'link_review', 'blob_review', 'object_removal']) {
      await this.#pool.query(`UPDATE ${queue} SET review_after = now() WHERE review_count > 0`);
    }
  }

  async makeAdministrator(username: string): Promise<void> {
    await this.#pool.query('UPDATE app_user SET is_admin = true WHERE username = $1', [username]);
  }

  /** Every writer of an upload has been silent for longer than its lease. */
  async endLeases(): Promise<void> {
    await this.#pool.query(
      `UPDATE upload_session SET writer_until = now() - interval '1 second' WHERE writer IS NOT NULL`,
    );
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
