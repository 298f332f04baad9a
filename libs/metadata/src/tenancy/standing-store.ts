import type { Role, Visibility } from '@stowage/contracts';
import type { RepositoryName } from '@stowage/oci';
import type { Database } from '../database.js';

/** Where a caller stands towards one repository name: the facts that access is computed from. */
export interface StandingRecord {
  readonly name: RepositoryName;
  readonly exists: boolean;
  readonly visibility: Visibility | null;
  readonly role: Role | null;
}

const STANDING = `
  SELECT asked.name, r.id IS NOT NULL AS "exists", r.visibility, m.role
  FROM unnest($1::text[]) AS asked (name)
  LEFT JOIN namespace n ON n.name = split_part(asked.name, '/', 1)
  LEFT JOIN repository r ON r.name = asked.name
  LEFT JOIN namespace_member m ON m.namespace_id = n.id
    AND m.user_id = (SELECT id FROM app_user WHERE id = $2::uuid AND disabled_at IS NULL)`;

export class StandingStore {
  constructor(private readonly database: Database) {}

  /** One row a name, also for names that don't exist; `userId` null is the anonymous caller. One query for all. */
  async list(names: readonly RepositoryName[], userId: string | null): Promise<StandingRecord[]> {
    if (names.length === 0) return [];
    return this.database.prepared<StandingRecord>('standing_list', STANDING, [names, userId]);
  }
}
