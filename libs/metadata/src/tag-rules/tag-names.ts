import type { NamedTag } from '@stowage/retention';
import type { Database } from '../database.js';

const OF_NAMESPACE = `
  SELECT r.path AS repository, t.name AS tag
  FROM (SELECT id, path FROM repository WHERE namespace_id = $1 AND deleted_at IS NULL ORDER BY path) r
  CROSS JOIN LATERAL (SELECT name FROM tag WHERE repository_id = r.id ORDER BY name LIMIT $2) t
  ORDER BY r.path, t.name LIMIT $2`;
const OF_REPOSITORY = `
  SELECT r.path AS repository, t.name AS tag FROM tag t JOIN repository r ON r.id = t.repository_id
  WHERE t.repository_id = $1 ORDER BY t.name LIMIT $2`;

/** What the tags of a namespace or of a repository are called, in the order of names; `limit` at most. */
export class TagNames {
  constructor(private readonly database: Database) {}

  async ofNamespace(namespaceId: string, limit: number): Promise<NamedTag[]> {
    return this.database.prepared<NamedTag & object>('tag_names_of_namespace', OF_NAMESPACE, [namespaceId, limit]);
  }

  async ofRepository(repositoryId: string, limit: number): Promise<NamedTag[]> {
    return this.database.prepared<NamedTag & object>('tag_names_of_repository', OF_REPOSITORY, [repositoryId, limit]);
  }
}
