import pg from 'pg';
import type { StoredObject } from './storage-view.js';

/** What a namespace is charged, and what it should be by its rows. */
export interface Accounts {
  readonly namespace: string;
  readonly used: number;
  readonly reserved: number;
  readonly limit: number;
  readonly countedUsed: number;
  readonly countedReserved: number;
}

export interface AuditCount {
  readonly action: string;
  readonly target: string;
  readonly count: number;
}

/** Something that garbage collection has taken away. */
export interface Collected {
  readonly action: 'manifest.collect' | 'blob.collect';
  readonly target: string;
  /** Milliseconds since the epoch: the start of its transaction. */
  readonly at: number;
}

/** I6, from the rows alone: a namespace pays once for each blob that a repository links and each manifest. */
const ACCOUNTS = `
  WITH held AS (
    SELECT r.namespace_id, l.digest, b.size FROM repository r
    JOIN repository_blob l ON l.repository_id = r.id JOIN blob b USING (digest)
    UNION
    SELECT r.namespace_id, m.digest, m.payload_size FROM repository r JOIN manifest m ON m.repository_id = r.id
  ), open AS (
    SELECT r.namespace_id, s.reserved_bytes FROM upload_session s JOIN repository r ON r.id = s.repository_id
  )
  SELECT n.name AS namespace, u.used_bytes::float8 AS used, u.reserved_bytes::float8 AS reserved,
         u.limit_bytes::float8 AS "limit",
         coalesce((SELECT sum(size) FROM held h WHERE h.namespace_id = n.id), 0)::float8 AS "countedUsed",
         coalesce((SELECT sum(reserved_bytes) FROM open o WHERE o.namespace_id = n.id), 0)::float8 AS "countedReserved"
  FROM namespace n JOIN namespace_usage u ON u.namespace_id = n.id ORDER BY n.name`;

/** Looks into the database of a run, past the product. */
export class DatabaseView {
  readonly #pool: pg.Pool;

  constructor(connectionString: string) {
    this.#pool = new pg.Pool({ connectionString, max: 1 });
    this.#pool.on('error', () => undefined); // Postgres is killed now and then
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async limitNamespace(name: string, bytes: number): Promise<void> {
    await this.#pool.query(
      `UPDATE namespace_usage SET limit_bytes = $2 WHERE namespace_id = (SELECT id FROM namespace WHERE name = $1)`,
      [name, bytes],
    );
  }

  /** How much there is still to do by itself soon: uploads that will expire, and garbage that will be looked at. */
  async countPending(): Promise<number> {
    const soon = `review_after < now() + interval '1 minute'`;
    const { rows } = await this.#pool.query<{ pending: number }>(
      `SELECT ((SELECT count(*) FROM upload_session) + (SELECT count(*) FROM manifest_review WHERE ${soon})
         + (SELECT count(*) FROM link_review WHERE ${soon}) + (SELECT count(*) FROM blob_review WHERE ${soon})
         + (SELECT count(*) FROM object_removal WHERE ${soon}))::float8 AS pending`,
    );
    return rows[0]?.pending ?? 0;
  }

  /** Uploads, and all that garbage collection still has to look at, whoever has it in hand. */
  async countUnsettled(): Promise<number> {
    const { rows } = await this.#pool.query<{ rows: number }>(
      `SELECT ((SELECT count(*) FROM upload_session) + (SELECT count(*) FROM manifest_review)
         + (SELECT count(*) FROM link_review) + (SELECT count(*) FROM blob_review)
         + (SELECT count(*) FROM object_removal))::float8 AS rows`,
    );
    return rows[0]?.rows ?? 0;
  }

  /** What a collector looked at when it was killed is nobody's for minutes: those minutes are over. */
  async endClaims(): Promise<void> {
    for (const queue of ['manifest_review', 'link_review', 'blob_review', 'object_removal']) {
      await this.#pool.query(
        `UPDATE ${queue} SET review_after = now() WHERE review_count > 0 AND review_after > now() + interval '20 seconds'`,
      );
    }
  }

  async accounts(): Promise<Accounts[]> {
    return (await this.#pool.query<Accounts>(ACCOUNTS)).rows;
  }

  /** Keys of the objects that rows name: `blobs/<algorithm>/<2 hex>/<hex>/<generation>`. */
  async namedObjects(): Promise<string[]> {
    return (await this.liveBlobs()).map(({ key }) => key);
  }

  /** What rows say that storage holds. */
  async liveBlobs(): Promise<StoredObject[]> {
    const { rows } = await this.#pool.query<{ digest: string; generation: string; size: number }>(
      'SELECT digest, generation, size::float8 AS size FROM blob',
    );
    return rows.map(({ digest, generation, size }) => {
      const [algorithm, hex = ''] = digest.split(':');
      return { key: `blobs/${algorithm}/${hex.slice(0, 2)}/${hex}/${generation}`, bytes: size };
    });
  }

  /** Changes that clients make, by what was changed. */
  async auditCounts(): Promise<AuditCount[]> {
    const { rows } = await this.#pool.query<AuditCount>(
      `SELECT action, target, count(*)::int AS count FROM audit_event
       WHERE action ~ '^(manifest|tag|blob|repository)\\.' AND action !~ '\\.collect$' GROUP BY action, target`,
    );
    return rows;
  }

  async collected(): Promise<Collected[]> {
    const { rows } = await this.#pool.query<Collected>(
      `SELECT action, target, extract(epoch FROM at)::float8 * 1000 AS at FROM audit_event WHERE action ~ '\\.collect$'`,
    );
    return rows;
  }
}
