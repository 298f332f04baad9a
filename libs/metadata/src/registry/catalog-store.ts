import type { RepositoryName } from '@stowage/oci';
import type { PrincipalRef } from '../actor.js';
import type { Database } from '../database.js';

/**
 * What one principal may pull, in byte order. Three ordered index scans, each cut at the page: the repositories of a user's
 * namespaces, those of grants, and those that everybody who has signed in may pull. Private repositories of others are
 * never read. A namespace or prefix is a range of names ("0" follows "/"), so that one with few repositories is not searched
 * for in all that follow.
 */
const LIST = `
  SELECT name FROM (
    (SELECT own.name FROM namespace_member m JOIN namespace n ON n.id = m.namespace_id
     CROSS JOIN LATERAL (
       SELECT r.name FROM repository r
       WHERE r.name > greatest($2, n.name || '/') AND r.name < n.name || '0' AND r.deleted_at IS NULL ORDER BY r.name LIMIT $3
     ) own
     WHERE m.user_id = $1 ORDER BY own.name LIMIT $3)
    UNION
    (SELECT granted.name FROM access_grant g JOIN namespace n ON n.id = g.namespace_id
     CROSS JOIN LATERAL (
       SELECT r.name FROM repository r
       WHERE right(g.path, 1) = '*' AND r.name > greatest($2, n.name || '/' || left(g.path, -1))
         AND r.name < left(n.name || '/' || g.path, -2) || '0' AND r.deleted_at IS NULL ORDER BY r.name LIMIT $3
     ) granted
     WHERE g.subject_id = $1 AND g.can_pull ORDER BY granted.name LIMIT $3)
    UNION
    (SELECT r.name FROM access_grant g JOIN namespace n ON n.id = g.namespace_id
     JOIN repository r ON r.name = n.name || '/' || g.path
     WHERE g.subject_id = $1 AND g.can_pull AND r.name > $2 ORDER BY r.name LIMIT $3)
    UNION
    (SELECT r.name FROM repository r WHERE r.visibility <> 'private' AND r.deleted_at IS NULL AND r.name > $2 ORDER BY r.name LIMIT $3)
  ) AS visible
  ORDER BY name LIMIT $3`;

export class CatalogStore {
  constructor(private readonly database: Database) {}

  /** Repositories that the principal may pull, after `last`, `limit` at most; for others than users some internal ones too many. */
  async list(
    principal: PrincipalRef,
    page: { readonly last: string; readonly limit: number },
  ): Promise<RepositoryName[]> {
    const rows = await this.database.prepared<{ name: RepositoryName }>('catalog_list', LIST, [
      principal.id,
      page.last,
      page.limit,
    ]);
    return rows.map((row) => row.name);
  }
}
