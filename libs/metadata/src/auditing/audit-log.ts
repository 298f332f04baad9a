import type { PrincipalKind } from '@stowage/contracts';
import type { Database } from '../database.js';

export interface AuditRecord {
  /** A number of 64 bits, as text. */
  readonly id: string;
  readonly at: Date;
  readonly action: string;
  readonly actor: string | null;
  readonly actorKind: PrincipalKind | null;
  readonly credentialId: string | null;
  readonly address: string | null;
  readonly namespace: string | null;
  readonly target: string;
  readonly detail: Record<string, unknown>;
}

export interface AuditFilter {
  /** A whole action, or its first word. */
  readonly action?: string | undefined;
  readonly actor?: string | undefined;
  /** Any part of it. */
  readonly target?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

export interface AuditPage {
  /** One namespace's; null: everybody's. */
  readonly namespaceId: string | null;
  readonly filter: AuditFilter;
  /** The id that the page before ended with. */
  readonly before: string | undefined;
  readonly limit: number;
}

/** Newer ids are newer rows. A namespace's rows are found by its index, everybody's by the primary key. */
const LIST = `
  SELECT e.id::text, e.at, e.action, e.actor_name AS actor, e.actor_kind AS "actorKind", e.credential_id AS "credentialId", e.address,
         n.name AS namespace, e.target, e.detail
  FROM audit_event e LEFT JOIN namespace n ON n.id = e.namespace_id
  WHERE e.id < coalesce($1::bigint, 9223372036854775807)
    AND ($2::text IS NULL OR e.action = $2 OR starts_with(e.action, $2 || '.'))
    AND ($3::text IS NULL OR e.actor_name = $3)
    AND ($4::text IS NULL OR position($4 IN e.target) > 0)
    AND ($5::timestamptz IS NULL OR e.at >= $5) AND ($6::timestamptz IS NULL OR e.at < $6)`;

/** What has happened, the newest first. Rows are written with the changes themselves, and never changed. */
export class AuditLog {
  constructor(private readonly database: Database) {}

  async list({ namespaceId, filter, before, limit }: AuditPage): Promise<AuditRecord[]> {
    const { action, actor, target, from, to } = filter;
    const narrowed = [before ?? null, action ?? null, actor ?? null, target ?? null, from ?? null, to ?? null];
    if (namespaceId === null) {
      const sql = `${LIST} ORDER BY e.id DESC LIMIT $7`;
      return this.database.prepared<AuditRecord>('audit_list', sql, [...narrowed, limit]);
    }
    const sql = `${LIST} AND e.namespace_id = $8 ORDER BY e.id DESC LIMIT $7`;
    return this.database.prepared<AuditRecord>('audit_list_of_namespace', sql, [...narrowed, limit, namespaceId]);
  }

  /** All of them, page by page: nothing that is exported is held in memory as a whole. */
  async *stream(page: Omit<AuditPage, 'before' | 'limit'>): AsyncGenerator<AuditRecord> {
    const limit = 1000;
    let before: string | undefined;
    for (;;) {
      const rows = await this.list({ ...page, before, limit });
      yield* rows;
      before = rows.at(-1)?.id;
      if (rows.length < limit) return;
    }
  }
}
