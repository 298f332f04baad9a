import type { Statements } from '../statements.js';
import type { BlobRecord } from './blob-store.js';

/**
 * Ends the session and stores the blob; undefined when the claim was lost. The generation is ours when the row is new, or
 * was taken over from a blob that garbage collection has condemned (it deletes the generation it condemned, never this
 * one). A row that is live already stays as it is, and locked: it is live until this transaction ends.
 */
export async function publishBlob(
  tx: Statements,
  session: { readonly id: string; readonly writer: string },
  blob: BlobRecord,
): Promise<{ reserved: bigint; generation: string } | undefined> {
  const [ended] = await tx.$queryRaw<{ reserved: bigint; generation: string }[]>`
    WITH ended AS (
      DELETE FROM upload_session WHERE id = ${session.id}::uuid AND writer = ${session.writer}::uuid
      RETURNING id, repository_id, principal_kind, principal_id, reserved_bytes AS reserved
    ), remembered AS (
      INSERT INTO finished_upload (id, repository_id, principal_kind, principal_id, digest)
      SELECT id, repository_id, principal_kind, principal_id, ${blob.digest} FROM ended
    ), stored AS (
      INSERT INTO blob AS b (digest, size, generation)
      SELECT ${blob.digest}, ${blob.size}::bigint, ${blob.generation} FROM ended
      ON CONFLICT (digest) DO UPDATE
        SET generation = CASE b.state WHEN 'live' THEN b.generation ELSE excluded.generation END,
            size = CASE b.state WHEN 'live' THEN b.size ELSE excluded.size END,
            state = 'live'
      RETURNING generation
    )
    SELECT reserved, generation FROM ended, stored`;
  return ended;
}
