import type { Digest, RepositoryName } from '@stowage/oci';
import type { Database } from '../database.js';
import { namedRepository } from '../tenancy/name-sql.js';

/** More manifests than this between two flushes: the rest is written at their next pull. */
const MAX_WAITING = 10_000;

/** Sooner after the last time no pull is written: what is decided by it is decided in days. */
const RESOLUTION = '1 hour';

const WRITE = `
  INSERT INTO manifest_pull AS known (repository_id, digest, pulled_at)
  SELECT DISTINCT ON (m.repository_id, m.digest) m.repository_id, m.digest, pull.at
  FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS pull (repository, digest, at)
  JOIN manifest m ON m.repository_id = ${namedRepository('pull.repository')} AND m.digest = pull.digest
  ORDER BY m.repository_id, m.digest, pull.at DESC
  ON CONFLICT (repository_id, digest) DO UPDATE SET pulled_at = excluded.pulled_at
    WHERE known.pulled_at < excluded.pulled_at - interval '${RESOLUTION}'`;

/**
 * When manifests were last pulled. Kept in memory and written together, so that a pull writes nothing; the pulls since the
 * last flush are lost when the process crashes.
 */
export class PullLog {
  #waiting = new Map<string, { repository: RepositoryName; digest: Digest; at: Date }>();

  constructor(private readonly database: Database) {}

  note(repository: RepositoryName, digest: Digest, at = new Date()): void {
    const key = `${repository}@${digest}`;
    if (this.#waiting.size >= MAX_WAITING && !this.#waiting.has(key)) return;
    this.#waiting.set(key, { repository, digest, at });
  }

  /** Writes what was noted; what can't be written waits for the next time. */
  async flush(): Promise<void> {
    const pulls = [...this.#waiting.values()];
    if (pulls.length === 0) return;
    this.#waiting = new Map();
    try {
      await this.database.changed('manifest_pull_write', WRITE, [
        pulls.map(({ repository }) => repository),
        pulls.map(({ digest }) => digest),
        pulls.map(({ at }) => at),
      ]);
    } catch (error) {
      for (const { repository, digest, at } of pulls) {
        if (!this.#waiting.has(`${repository}@${digest}`)) this.note(repository, digest, at);
      }
      throw error;
    }
  }
}
