import { type ReferrerRecord, ReferrerStore } from '@stowage/metadata';
import { type Digest, MEDIA_TYPES, type RepositoryName } from '@stowage/oci';
import type { DistributionDependencies } from './dependencies.js';

export interface ReferrersQuery {
  readonly subject: Digest;
  readonly artifactType: string | undefined;
  /** Digests after this one; empty for the first page. */
  readonly last: string;
  readonly limit: number;
}

export interface ReferrersPage {
  /** An image index, as JSON text. */
  readonly body: string;
  /** Where the next page begins; undefined on the last one. */
  readonly next: string | undefined;
}

/** Clients read an index of this size at most (distribution-spec: 4 MiB), so a page ends before it. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024 - 1024;

/**
 * distribution-spec, "Listing Referrers" (end-12a, end-12b). What clients list under the tag of the referrers tag schema
 * belongs to it ("Enabling the Referrers API").
 */
export class Referrers {
  readonly #store: ReferrerStore;

  constructor(deps: Pick<DistributionDependencies, 'database'>) {
    this.#store = new ReferrerStore(deps.database);
  }

  /** Empty for a subject that nobody refers to, whether it exists or not. */
  async list(name: RepositoryName, { subject, artifactType, last, limit }: ReferrersQuery): Promise<ReferrersPage> {
    const rows = await this.#store.list(name, subject, { last, artifactType, limit: limit + 1 });
    const descriptors: string[] = [];
    let bytes = 0;
    for (const row of rows.slice(0, limit)) {
      const text = JSON.stringify(toDescriptor(row));
      bytes += Buffer.byteLength(text) + 1;
      if (descriptors.length > 0 && bytes > MAX_PAGE_BYTES) break;
      descriptors.push(text);
    }
    const hasMore = rows.length > descriptors.length;
    const body = `{"schemaVersion":2,"mediaType":"${MEDIA_TYPES.ociIndex}","manifests":[${descriptors.join(',')}]}`;
    return { body, next: hasMore ? rows[descriptors.length - 1]?.digest : undefined };
  }
}

function toDescriptor({ mediaType, digest, size, artifactType, annotations }: ReferrerRecord) {
  return {
    mediaType,
    digest,
    size,
    ...(artifactType === null ? {} : { artifactType }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}
