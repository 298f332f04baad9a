import type { Digest } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { revealLinksOf } from '../registry/hidden-links.js';
import type { Statements } from '../statements.js';

/**
 * A manifest in the trash was pushed again: it is live, and its entry is settled. The tags that went with it don't come back
 * by a push; they stay in the trash, each by itself.
 */
export async function leaveTrash(
  tx: Statements,
  manifest: { readonly repositoryId: string; readonly digest: Digest; readonly actor: Actor },
): Promise<void> {
  const { repositoryId, digest, actor } = manifest;
  await tx.$executeRaw`
    UPDATE manifest SET deleted_at = NULL, pushed_at = now(), pushed_by = ${actor.name}
    WHERE repository_id = ${repositoryId}::uuid AND digest = ${digest} AND deleted_at IS NOT NULL`;
  // A sparse manifest may be pushed before what was deleted of it.
  await revealLinksOf(tx, { repositoryId, digests: [digest] });
  await tx.$executeRaw`
    WITH settled AS (
      DELETE FROM trash_entry
      WHERE repository_id = ${repositoryId}::uuid AND kind = 'manifest' AND digest = ${digest} RETURNING *
    )
    INSERT INTO trash_entry (id, kind, namespace_id, repository_id, name, digest, held, deleted_at, deleted_by,
                             purge_after, run_id)
    SELECT gen_random_uuid(), 'tag', s.namespace_id, s.repository_id, t.name, s.digest, s.held - 'tags', s.deleted_at,
           s.deleted_by, s.purge_after, s.run_id
    FROM settled s CROSS JOIN LATERAL jsonb_array_elements_text(s.held -> 'tags') AS t (name)`;
}
