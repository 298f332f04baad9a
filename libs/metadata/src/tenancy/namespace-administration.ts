import type { LimitName, Limits } from '@stowage/contracts';
import type { Database } from '../database.js';
import { LIMIT_COLUMNS, toLimits } from '../quota/limits.js';
import type { NamespaceUsage } from './namespace-store.js';

export interface ManagedNamespaceRecord extends NamespaceUsage {
  readonly name: string;
  readonly displayName: string;
  readonly kind: 'personal' | 'organization';
  readonly plan: string;
  /** Those that count. */
  readonly limits: Limits;
  /** Those that are the namespace's own. */
  readonly ownLimits: LimitName[];
  readonly repositoryCount: number;
  readonly privateRepositoryCount: number;
  readonly robotCount: number;
  readonly memberCount: number;
  /** Some of them, by name. */
  readonly owners: string[];
  readonly createdAt: Date;
}

/** Enough to know whom to ask. */
const SHOWN_OWNERS = 3;

const COUNTED = (['privateRepositories', 'members', 'robots'] as const)
  .map((name) => `coalesce(l.${LIMIT_COLUMNS[name]}, p.${LIMIT_COLUMNS[name]})::float8 AS "${name}"`)
  .join(', ');
const OWN = Object.entries(LIMIT_COLUMNS)
  .map(([name, column]) => `CASE WHEN l.${column} IS NOT NULL THEN '${name}' END`)
  .join(', ');

type Row = Omit<ManagedNamespaceRecord, 'limits'> & Record<LimitName, number>;

const SELECT = `
  SELECT n.name, n.display_name AS "displayName", n.kind, n.created_at AS "createdAt",
         u.used_bytes::float8 AS "usedBytes", u.reserved_bytes::float8 AS "reservedBytes", u.limit_bytes::float8 AS "limitBytes",
         p.name AS plan, ${COUNTED}, u.limit_bytes::float8 AS "storageBytes", u.layer_limit_bytes::float8 AS "layerBytes",
         array_remove(ARRAY[${OWN}], NULL) AS "ownLimits",
         (SELECT count(*)::int FROM repository r WHERE r.namespace_id = n.id AND r.deleted_at IS NULL) AS "repositoryCount",
         (SELECT count(*)::int FROM repository r WHERE r.namespace_id = n.id AND r.deleted_at IS NULL AND r.visibility = 'private')
           AS "privateRepositoryCount",
         (SELECT count(*)::int FROM robot b WHERE b.namespace_id = n.id) AS "robotCount",
         (SELECT count(*)::int FROM namespace_member m WHERE m.namespace_id = n.id) AS "memberCount",
         ARRAY(SELECT a.username FROM namespace_member m JOIN app_user a ON a.id = m.user_id
               WHERE m.namespace_id = n.id AND m.role = 'owner' ORDER BY a.username LIMIT ${SHOWN_OWNERS}) AS owners
  FROM namespace n JOIN namespace_usage u ON u.namespace_id = n.id
  JOIN namespace_limit l ON l.namespace_id = n.id JOIN plan p ON p.id = l.plan_id`;

/** Cross-tenant: what administrators of the whole registry see of namespaces. */
export class NamespaceAdministration {
  constructor(private readonly database: Database) {}

  /** By name, after `last`; those whose name contains `search`. */
  async list(page: { search: string; last: string; limit: number }): Promise<ManagedNamespaceRecord[]> {
    const rows = await this.database.prepared<Row>(
      'namespace_administration_list',
      `${SELECT} WHERE n.deleted_at IS NULL AND n.name > $1 AND position(lower($2) IN n.name) > 0 ORDER BY n.name LIMIT $3`,
      [page.last, page.search, page.limit],
    );
    return rows.map(toRecord);
  }

  async find(name: string): Promise<ManagedNamespaceRecord | undefined> {
    const [row] = await this.database.prepared<Row>(
      'namespace_administration_find',
      `${SELECT} WHERE n.deleted_at IS NULL AND n.name = $1`,
      [name],
    );
    return row && toRecord(row);
  }

  async identify(name: string): Promise<{ id: string; name: string } | undefined> {
    const [row] = await this.database.prepared<{ id: string; name: string }>(
      'namespace_administration_identify',
      'SELECT id, name FROM namespace WHERE name = $1 AND deleted_at IS NULL',
      [name],
    );
    return row;
  }
}

function toRecord({
  storageBytes,
  privateRepositories,
  members,
  robots,
  layerBytes,
  ...row
}: Row): ManagedNamespaceRecord {
  return { ...row, limits: toLimits({ storageBytes, privateRepositories, members, robots, layerBytes }) };
}
