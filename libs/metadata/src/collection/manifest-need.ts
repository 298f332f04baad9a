import type { Digest } from '@stowage/oci';
import type { Db } from '../database.js';

export interface ManifestNeed {
  /** A tag, an index, a live subject, or an entry of the trash: whatever ends that queues the manifest again. */
  readonly isNeeded: boolean;
  /** When the last move of a tag away from it can't be undone any more; null when that is over. Microseconds, as text. */
  readonly keptUntil: string | null;
}

/**
 * What keeps a manifest that the transaction has locked. One that was deleted by itself is kept by no subject and by no
 * history of tags: somebody wanted it gone.
 */
export async function needOf(
  tx: Db,
  { repositoryId, digest }: { readonly repositoryId: string; readonly digest: Digest },
): Promise<ManifestNeed> {
  const [need] = await tx.$queryRaw<ManifestNeed[]>`
    SELECT EXISTS (SELECT 1 FROM tag WHERE repository_id = ${repositoryId}::uuid AND digest = ${digest})
        OR EXISTS (SELECT 1 FROM manifest_child WHERE repository_id = ${repositoryId}::uuid AND child_digest = ${digest})
        OR EXISTS (SELECT 1 FROM absent_reference WHERE repository_id = ${repositoryId}::uuid AND digest = ${digest})
        OR EXISTS (SELECT 1 FROM trash_entry WHERE repository_id = ${repositoryId}::uuid AND digest = ${digest})
        OR (m.deleted_at IS NULL AND EXISTS (
              SELECT 1 FROM manifest s WHERE s.repository_id = ${repositoryId}::uuid AND s.digest = m.subject_digest))
             AS "isNeeded",
           CASE WHEN m.deleted_at IS NULL THEN (
             SELECT max(kept_until) FROM tag_event
             WHERE repository_id = ${repositoryId}::uuid AND previous_digest = ${digest} AND kept_until > now())::text
           END AS "keptUntil"
    FROM manifest m WHERE m.repository_id = ${repositoryId}::uuid AND m.digest = ${digest}`;
  return need ?? { isNeeded: true, keptUntil: null };
}
