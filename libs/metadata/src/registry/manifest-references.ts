import type { Descriptor, Digest } from '@stowage/oci';
import type { Statements } from '../statements.js';

/** A manifest names something that its repository doesn't hold. */
export class ReferenceMissingError extends Error {
  override name = 'ReferenceMissingError';
  constructor(
    readonly what: 'blob' | 'manifest',
    readonly digest: Digest,
  ) {
    super(`${what} ${digest} is not in this repository`);
  }
}

/** A manifest states a size that is not the size of what it names. */
export class ReferenceSizeError extends Error {
  override name = 'ReferenceSizeError';
  constructor(
    readonly digest: Digest,
    readonly stated: number,
    readonly actual: number,
  ) {
    super(`${digest} has ${actual} bytes, the manifest says ${stated}`);
  }
}

interface Found {
  readonly digest: Digest;
  readonly size: bigint;
}

/**
 * Locks the blobs that a manifest needs until the transaction ends: present, linked in this very repository
 * (a blob that another tenant holds does not count) and of the stated size. FOR SHARE on the blob keeps garbage
 * collection from condemning it, FOR KEY SHARE on the link keeps it from being unlinked. In digest order.
 */
export async function lockBlobs(
  tx: Statements,
  repositoryId: string,
  descriptors: readonly Descriptor[],
): Promise<void> {
  const wanted = [...new Set(descriptors.map(({ digest }) => digest))].sort();
  const found = await tx.$queryRaw<Found[]>`
    SELECT b.digest, b.size FROM repository_blob l JOIN blob b ON b.digest = l.digest AND b.state = 'live'
    WHERE l.repository_id = ${repositoryId}::uuid AND l.digest = ANY (${wanted}::text[])
    ORDER BY b.digest FOR KEY SHARE OF l FOR SHARE OF b`;
  check('blob', descriptors, found);
}

/** The same for the children of an index. Returns the bytes of all that they contain. */
export async function lockManifests(
  tx: Statements,
  repositoryId: string,
  descriptors: readonly Descriptor[],
): Promise<number> {
  const wanted = [...new Set(descriptors.map(({ digest }) => digest))].sort();
  const found = await tx.$queryRaw<(Found & { contentSize: bigint })[]>`
    SELECT digest, payload_size::bigint AS size, content_size AS "contentSize" FROM manifest
    WHERE repository_id = ${repositoryId}::uuid AND digest = ANY (${wanted}::text[])
    ORDER BY digest FOR KEY SHARE`;
  check('manifest', descriptors, found);
  return found.reduce((sum, { contentSize }) => sum + Number(contentSize), 0);
}

function check(what: 'blob' | 'manifest', descriptors: readonly Descriptor[], found: readonly Found[]): void {
  const sizes = new Map(found.map(({ digest, size }) => [digest, Number(size)]));
  for (const { digest, size } of descriptors) {
    const actual = sizes.get(digest);
    if (actual === undefined) throw new ReferenceMissingError(what, digest);
    if (actual !== size) throw new ReferenceSizeError(digest, size, actual);
  }
}
