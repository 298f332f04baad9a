import { pathInNamespace } from '@stowage/oci';
import type { Database } from '../database.js';
import type { RepositoryRecord } from '../registry/repository-store.js';

const PAGE = 200;

const INHERITING = `
  SELECT r.id, r.namespace_id AS "namespaceId", r.name FROM repository r
  WHERE r.namespace_id = $1 AND r.path > $2 AND r.deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM repository_retention p WHERE p.repository_id = r.id)
  ORDER BY r.path LIMIT $3`;
const ONE = `SELECT id, namespace_id AS "namespaceId", name FROM repository WHERE id = $1 AND namespace_id = $2 AND deleted_at IS NULL`;

/** The repositories that a policy speaks of. */
export class RetainedRepositories {
  constructor(private readonly database: Database) {}

  /** Those without a policy of their own, by name after the path `last`. */
  async inheriting(namespaceId: string, { last, limit }: { last: string; limit: number }): Promise<RepositoryRecord[]> {
    return this.database.prepared<RepositoryRecord & object>('retained_inheriting', INHERITING, [
      namespaceId,
      last,
      limit,
    ]);
  }

  /** All of those that come after. */
  async *allInheriting(namespaceId: string, after = ''): AsyncGenerator<RepositoryRecord> {
    for (let last = after; ; ) {
      const page = await this.inheriting(namespaceId, { last, limit: PAGE });
      yield* page;
      const end = page.at(-1);
      if (!end || page.length < PAGE) return;
      last = pathInNamespace(end.name);
    }
  }

  /** Undefined when it is gone, or in another namespace by now. */
  async find(id: string, namespaceId: string): Promise<RepositoryRecord | undefined> {
    const [row] = await this.database.prepared<RepositoryRecord & object>('retained_one', ONE, [id, namespaceId]);
    return row;
  }
}
