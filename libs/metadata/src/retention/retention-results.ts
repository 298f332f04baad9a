import type { Digest, TagName } from '@stowage/oci';
import type { Database } from '../database.js';

export interface RetentionResultRecord {
  readonly id: string;
  readonly runId: string;
  readonly repository: string;
  readonly tag: TagName;
  readonly digest: Digest;
  readonly outcome: string;
  readonly rule: string;
  readonly at: Date;
}

interface ResultPage {
  /** Of one repository; undefined: of all. */
  readonly repository: string | undefined;
  readonly run: string | undefined;
  /** The id after which the page begins; null at the beginning. */
  readonly last: string | null;
  readonly limit: number;
}

const LIST = `
  SELECT id::text, run_id AS "runId", repository, tag, digest, outcome, rule, at FROM retention_result
  WHERE namespace_id = $1 AND ($2::text IS NULL OR repository = $2) AND ($3::uuid IS NULL OR run_id = $3)
    AND ($4::bigint IS NULL OR id < $4)
  ORDER BY id DESC LIMIT $5`;

/** What retention runs did with tags. */
export class RetentionResults {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(namespaceId: string, { repository, run, last, limit }: ResultPage): Promise<RetentionResultRecord[]> {
    const values = [namespaceId, repository ?? null, run ?? null, last, limit];
    return this.database.prepared<RetentionResultRecord & object>('retention_results', LIST, values);
  }

  /** Returns how many; `limit` at most. Looks across tenants. */
  async deleteOlderThan(days: number, limit: number): Promise<number> {
    const rows = await this.database.changed<{ id: string }>(
      'retention_results_delete',
      `DELETE FROM retention_result WHERE id IN (
         SELECT id FROM retention_result WHERE at < now() - make_interval(days => $1) ORDER BY at LIMIT $2) RETURNING id::text`,
      [days, limit],
    );
    return rows.length;
  }
}
