import type { Actor } from '../actor.js';
import { differenceOf, recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import type { NamespaceUsage } from './namespace-store.js';

export interface ManagedNamespaceRecord extends NamespaceUsage {
  readonly name: string;
  readonly displayName: string;
  readonly kind: 'personal' | 'organization';
  readonly repositoryCount: number;
  readonly memberCount: number;
  /** Some of them, by name. */
  readonly owners: string[];
  readonly createdAt: Date;
}

/** Enough to know whom to ask. */
const SHOWN_OWNERS = 3;

const SELECT = `
  SELECT n.name, n.display_name AS "displayName", n.kind, n.created_at AS "createdAt",
         u.used_bytes::float8 AS "usedBytes", u.reserved_bytes::float8 AS "reservedBytes", u.limit_bytes::float8 AS "limitBytes",
         (SELECT count(*)::int FROM repository r WHERE r.namespace_id = n.id) AS "repositoryCount",
         (SELECT count(*)::int FROM namespace_member m WHERE m.namespace_id = n.id) AS "memberCount",
         ARRAY(SELECT a.username FROM namespace_member m JOIN app_user a ON a.id = m.user_id
               WHERE m.namespace_id = n.id AND m.role = 'owner' ORDER BY a.username LIMIT ${SHOWN_OWNERS}) AS owners
  FROM namespace n JOIN namespace_usage u ON u.namespace_id = n.id`;

/** Cross-tenant: what administrators of the whole registry see of namespaces, and how much they let them store. */
export class NamespaceAdministration {
  constructor(private readonly database: Database) {}

  /** By name, after `last`; those whose name contains `search`. */
  async list(page: { search: string; last: string; limit: number }): Promise<ManagedNamespaceRecord[]> {
    return this.database.prepared<ManagedNamespaceRecord>(
      'namespace_administration_list',
      `${SELECT} WHERE n.name > $1 AND position(lower($2) IN n.name) > 0 ORDER BY n.name LIMIT $3`,
      [page.last, page.search, page.limit],
    );
  }

  async find(name: string): Promise<ManagedNamespaceRecord | undefined> {
    const [row] = await this.database.prepared<ManagedNamespaceRecord>(
      'namespace_administration_find',
      `${SELECT} WHERE n.name = $1`,
      [name],
    );
    return row;
  }

  /** A limit below what is used is legal: pushes are refused until there is room, pulls go on. False: no such namespace. */
  async setLimit(name: string, limitBytes: number, actor: Actor): Promise<boolean> {
    return this.database.statements(async (tx) => {
      const [was] = await tx.$queryRaw<{ id: string; limitBytes: number }[]>`
        SELECT u.namespace_id AS id, u.limit_bytes::float8 AS "limitBytes"
        FROM namespace n JOIN namespace_usage u ON u.namespace_id = n.id WHERE n.name = ${name} FOR UPDATE OF u`;
      if (!was) return false;
      const detail = differenceOf({ limitBytes: was.limitBytes }, { limitBytes });
      if (!detail) return true;
      await recordAudit(tx, { actor, action: 'namespace.quota', namespaceId: was.id, target: name, detail });
      await tx.$executeRaw`
        UPDATE namespace_usage SET limit_bytes = ${limitBytes}::bigint WHERE namespace_id = ${was.id}::uuid`;
      return true;
    });
  }
}
