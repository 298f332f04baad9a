import type { RepositoryName } from '@stowage/oci';
import type { Database } from '../database.js';

/**
 * What one user may pull, in byte order. Two ordered index scans, each cut at the page: the repositories of the user's
 * namespaces, and those that everybody who has signed in may pull. Private repositories of others are never read. A
 * namespace is a range of names ("0" follows "/"), so that one with few repositories is not searched for in all that follow.
 */
const LIST = `
  SELECT name FROM (
    (SELECT own.name FROM namespace_member m JOIN namespace n ON n.id = m.namespace_id
     CROSS JOIN LATERAL (
       SELECT r.name FROM repository r
       WHERE r.name > greatest($2, n.name || '/') AND r.name < n.name || '0' ORDER BY r.name LIMIT $3
     ) own
     WHERE m.user_id = $1 ORDER BY own.name LIMIT $3)
    UNION
    (SELECT r.name FROM repository r WHERE r.visibility <> 'private' AND r.name > $2 ORDER BY r.name LIMIT $3)
  ) AS visible
  ORDER BY name LIMIT $3`;

export class CatalogStore {
  constructor(private readonly database: Database) {}

  /** Repositories that the user may pull, after `last`, `limit` at most. */
  async list(userId: string, page: { readonly last: string; readonly limit: number }): Promise<RepositoryName[]> {
    const rows = await this.database.prepared<{ name: RepositoryName }>('catalog_list', LIST, [
      userId,
      page.last,
      page.limit,
    ]);
    return rows.map((row) => row.name);
  }
}
