import type { AccessGrant, Role, Visibility } from '@stowage/contracts';
import type { RepositoryName } from '@stowage/oci';
import type { PrincipalRef } from '../actor.js';
import type { Database } from '../database.js';
import type { ReadOnlyNotice } from '../read-only/read-only-error.js';
import { activePrincipal } from './active-principal.js';
import { grantsAsJson, holdsPath } from './grant-sql.js';
import { namedNamespace, namedRepository, pathOf } from './name-sql.js';

/** Where a caller stands towards one repository name: the facts that access is computed from. */
export interface StandingRecord {
  /** As it was asked for: perhaps one that the repository had before. */
  readonly asked: RepositoryName;
  /** The present one, which everything is decided about. */
  readonly name: RepositoryName;
  readonly exists: boolean;
  readonly visibility: Visibility | null;
  readonly role: Role | null;
  /** Those of the principal that hold the name. */
  readonly grants: readonly AccessGrant[];
  /** Set while content of its namespace, or of the whole registry, may not be changed. */
  readonly readOnly: ReadOnlyNotice | null;
}

const standingOf = (asked: string) => `
  SELECT asked.name AS asked, COALESCE(r.name, n.name || '/' || ${pathOf('asked.name')}, asked.name) AS name,
    r.id IS NOT NULL AS "exists", r.visibility, m.role,
    (SELECT ${grantsAsJson('n.name')} FROM access_grant g
     WHERE g.subject_id = principal.id AND g.subject_kind = $2::principal_kind AND g.namespace_id = n.id
       AND ${holdsPath('g.path', `COALESCE(r.path, ${pathOf('asked.name')})`)}) AS grants,
    (SELECT jsonb_build_object('namespace', CASE WHEN o.namespace_id IS NOT NULL THEN n.name END, 'message', o.message)
     FROM read_only_mode o WHERE o.namespace_id IS NULL OR o.namespace_id = n.id
     ORDER BY o.namespace_id NULLS FIRST LIMIT 1) AS "readOnly"
  FROM (SELECT ${activePrincipal('$2', '$3')} AS id) AS principal
  CROSS JOIN ${asked}
  CROSS JOIN LATERAL (SELECT ${namedRepository('asked.name')} AS id OFFSET 0) AS found
  LEFT JOIN repository r ON r.id = found.id
  LEFT JOIN namespace n ON n.id = COALESCE(r.namespace_id, ${namedNamespace("split_part(asked.name, '/', 1)")})
  LEFT JOIN namespace_member m ON m.namespace_id = n.id AND m.user_id = principal.id AND $2::principal_kind = 'user'`;

/**
 * Nearly every request asks about one name. Of an array Postgres doesn't know how long it is: it takes a plan for any length
 * to be dearer than one for these names, and plans anew each time, which takes longer than to look.
 */
const STANDING = standingOf('(SELECT $1::text AS name) AS asked');
const STANDINGS = standingOf('unnest($1::text[]) AS asked (name)');

export class StandingStore {
  constructor(private readonly database: Database) {}

  /** One row a name, also for names that don't exist; null is the anonymous caller. One query for all. */
  async list(names: readonly RepositoryName[], principal: PrincipalRef | null): Promise<StandingRecord[]> {
    const [first] = names;
    if (first === undefined) return [];
    const by = [principal?.kind ?? null, principal?.id ?? null];
    return names.length === 1
      ? this.database.prepared<StandingRecord>('standing', STANDING, [first, ...by])
      : this.database.prepared<StandingRecord>('standing_list', STANDINGS, [names, ...by]);
  }
}
