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

const NONE: References = { present: [], absent: [], bytes: 0 };

interface Found {
  readonly digest: Digest;
  readonly size: bigint;
}

/** What a manifest names, told apart by whether its repository has it. */
export interface References {
  readonly present: readonly Descriptor[];
  readonly absent: readonly Digest[];
  /** Bytes of what is present, and of all that it contains. */
  readonly bytes: number;
}

/** Whose references, and whether some may be absent; one that may not be throws `ReferenceMissingError`. */
export interface ReferenceCheck {
  readonly repositoryId: string;
  readonly sparse: boolean;
}

/**
 * Locks the blobs that a manifest needs until the transaction ends: present, linked in this very repository
 * (a blob that another tenant holds does not count) and of the stated size. FOR SHARE on the blob keeps garbage
 * collection from condemning it, FOR KEY SHARE on the link keeps it from being unlinked. In digest order.
 */
export async function lockBlobs(
  tx: Statements,
  { repositoryId, sparse }: ReferenceCheck,
  descriptors: readonly Descriptor[],
): Promise<References> {
  if (descriptors.length === 0) return NONE;
  const wanted = [...new Set(descriptors.map(({ digest }) => digest))].sort();
  const found = await tx.$queryRaw<Found[]>`
    SELECT b.digest, b.size FROM repository_blob l JOIN blob b ON b.digest = l.digest AND b.state = 'live'
    WHERE l.repository_id = ${repositoryId}::uuid AND l.digest = ANY (${wanted}::text[]) AND l.deleted_at IS NULL
    ORDER BY b.digest FOR KEY SHARE OF l FOR SHARE OF b`;
  const references = check('blob', { descriptors, found, sparse });
  return { ...references, bytes: references.present.reduce((sum, { size }) => sum + size, 0) };
}

/** The same for the children of an index. */
export async function lockManifests(
  tx: Statements,
  { repositoryId, sparse }: ReferenceCheck,
  descriptors: readonly Descriptor[],
): Promise<References> {
  if (descriptors.length === 0) return NONE;
  const wanted = [...new Set(descriptors.map(({ digest }) => digest))].sort();
  const found = await tx.$queryRaw<(Found & { contentSize: bigint })[]>`
    SELECT digest, payload_size::bigint AS size, content_size AS "contentSize" FROM manifest
    WHERE repository_id = ${repositoryId}::uuid AND digest = ANY (${wanted}::text[]) AND deleted_at IS NULL
    ORDER BY digest FOR KEY SHARE`;
  const bytes = found.reduce((sum, { contentSize }) => sum + Number(contentSize), 0);
  return { ...check('manifest', { descriptors, found, sparse }), bytes };
}

interface Checked {
  readonly descriptors: readonly Descriptor[];
  readonly found: readonly Found[];
  readonly sparse: boolean;
}

function check(
  what: 'blob' | 'manifest',
  { descriptors, found, sparse }: Checked,
): Pick<References, 'present' | 'absent'> {
  const sizes = new Map(found.map(({ digest, size }) => [digest, Number(size)]));
  const absent = descriptors.filter(({ digest }) => !sizes.has(digest));
  if (absent[0] && !sparse) throw new ReferenceMissingError(what, absent[0].digest);
  const present = descriptors.filter(({ digest }) => sizes.has(digest));
  for (const { digest, size } of present) {
    const actual = sizes.get(digest);
    if (actual !== undefined && actual !== size) throw new ReferenceSizeError(digest, size, actual);
  }
  return { present, absent: absent.map(({ digest }) => digest) };
}
