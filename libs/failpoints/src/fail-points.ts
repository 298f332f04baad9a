/**
 * The places, in the order in which a push comes by them. What is durable at each is what a crash there leaves behind.
 */
export const FAIL_POINTS = {
  K0: 'an upload session has its row, and nothing is stored',
  K1: 'bytes of a chunk are written; they are not synced, or no mark names them',
  K2: 'a chunk is stored, and its offset is not recorded',
  Q1: 'the bytes of an upload are reserved, and charged to nobody',
  K3: 'a session is claimed to be finished, with all its bytes',
  K4: 'the digest is verified, and nothing is published',
  K5: 'the staged bytes are sealed, and not under their key yet',
  K6: 'the blob is published, and no row names it',
  K7: 'the rows of the blob are written, and not committed',
  K8: 'the rows of the blob are committed, and nobody was told',
  K9: 'the staged bytes are freed, and nobody was told',
  M1: 'the rows of a manifest are written, and not committed',
  M2: 'the rows of a manifest are committed, and nobody was told',
  T1: 'a tag points elsewhere, in a transaction that is not committed',
  G1: 'the rows of garbage are gone, and its objects are there',
  G2: 'an object is gone, and its removal is still queued',
  G3: 'an object and its removal are gone, and nobody has counted it',
  N1: 'a repository or namespace is marked to be purged, and some of it is there',
} as const;

export type FailPoint = keyof typeof FAIL_POINTS;

export function isFailPoint(name: string): name is FailPoint {
  return Object.hasOwn(FAIL_POINTS, name);
}
