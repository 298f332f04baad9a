import type { Digest, ManifestMediaType, Reference, RepositoryName } from '@stowage/oci';
import type { Database } from '../database.js';
import { namedRepository } from '../tenancy/name-sql.js';

/** What a pull is answered with. */
export interface StoredManifest {
  readonly digest: Digest;
  readonly mediaType: ManifestMediaType;
  readonly payload: Uint8Array;
}

export interface StoredManifestHead {
  readonly digest: Digest;
  readonly mediaType: ManifestMediaType;
  readonly size: number;
}

const BY_TAG = `
  FROM tag t
  JOIN manifest m ON m.repository_id = t.repository_id AND m.digest = t.digest AND m.deleted_at IS NULL
  WHERE t.repository_id = ${namedRepository('$1')} AND t.name = $2`;
const BY_DIGEST = `
  FROM manifest m WHERE m.repository_id = ${namedRepository('$1')} AND m.digest = $2 AND m.deleted_at IS NULL`;
const FULL = 'SELECT m.digest, m.media_type AS "mediaType", m.payload';
const HEAD = 'SELECT m.digest, m.media_type AS "mediaType", m.payload_size AS size';

/** The read side of manifests: each call is one indexed, prepared query. */
export class ManifestStore {
  constructor(private readonly database: Database) {}

  async find(name: RepositoryName, reference: Reference): Promise<StoredManifest | undefined> {
    const [row] = await this.#query<StoredManifest>({ name: 'manifest_find', columns: FULL }, name, reference);
    return row;
  }

  async findHead(name: RepositoryName, reference: Reference): Promise<StoredManifestHead | undefined> {
    const [row] = await this.#query<StoredManifestHead>({ name: 'manifest_find_head', columns: HEAD }, name, reference);
    return row;
  }

  async #query<Row extends object>(
    { name, columns }: { readonly name: string; readonly columns: string },
    repository: RepositoryName,
    reference: Reference,
  ): Promise<Row[]> {
    return reference.kind === 'tag'
      ? this.database.prepared<Row>(`${name}_by_tag`, columns + BY_TAG, [repository, reference.tag])
      : this.database.prepared<Row>(`${name}_by_digest`, columns + BY_DIGEST, [repository, reference.digest]);
  }
}
