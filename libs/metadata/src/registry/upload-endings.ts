import { failPoint } from '@stowage/failpoints';
import type { Digest } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import type { Statements } from '../statements.js';
import { namedRepository } from '../tenancy/name-sql.js';
import { type BlobRecord, chargeLink, type Link, linkBlob } from './blob-store.js';
import { changeReservation } from './charges.js';
import { publishBlob } from './publish-blob.js';
import type { RepositoryRecord } from './repository-store.js';
import { type ReviewDelay, reviewLinks } from './reviews.js';
import type {
  ClaimedSession,
  PublishOutcome,
  StagedBytes,
  UploadOwner,
  UploadSessionRecord,
} from './upload-session.js';

/** What a session becomes. */
export interface UploadResult {
  readonly repository: RepositoryRecord;
  readonly blob: BlobRecord;
  readonly actor: Actor;
}

/** Each of these is described where it is a method: `UploadSessionStore`. */
export async function finishSession(
  database: Database,
  session: ClaimedSession,
  { repository: known, blob, actor, delay }: UploadResult & { readonly delay: ReviewDelay },
): Promise<PublishOutcome | undefined> {
  // Where the session is: it ends when its repository is transferred, while what the caller knows may be older.
  const repository = { ...known, namespaceId: session.namespaceId };
  const finished = await database.statements(async (tx) => {
    const ended = await publishBlob(tx, session, blob);
    if (!ended) return undefined;
    const { namespaceId } = repository;
    const target = `${repository.name}@${blob.digest}`;
    const detail = { size: blob.size };
    const reviewed = { repositoryId: repository.id, digests: [blob.digest] };
    const [link] = await Promise.all([
      linkBlob(tx, { repository, digest: blob.digest, size: blob.size }),
      reviewLinks(tx, reviewed, { event: 'upload', delay: delay }),
      recordAudit(tx, { actor, action: 'blob.push', namespaceId, target, detail }),
    ]);
    await failPoint('K7');
    return { ...ended, link };
  }, chargeFinished);
  if (!finished) return undefined;
  return finished.generation === blob.generation ? 'published' : 'already there';
}

async function chargeFinished(
  tx: Statements,
  finished: { readonly reserved: bigint; readonly link: Link } | undefined,
): Promise<void> {
  if (finished) await chargeLink(tx, finished.link, Number(finished.reserved));
}

export async function discardSession(
  database: Database,
  session: UploadSessionRecord,
  writer: string | null,
): Promise<StagedBytes | undefined> {
  return database.statements(async (tx) => {
    const [gone] = await tx.$queryRaw<(StagedBytes & { reserved: bigint })[]>`
      DELETE FROM upload_session
      WHERE id = ${session.id}::uuid AND (${writer}::uuid IS NULL OR writer = ${writer}::uuid)
      RETURNING storage_token AS token, durable_bytes::float8 AS "offset", reserved_bytes AS reserved`;
    if (!gone) return undefined;
    const { token, offset, reserved } = gone;
    await changeReservation(tx, session.namespaceId, -Number(reserved));
    return { token, offset };
  });
}

export async function hasBecome(
  database: Database,
  id: string,
  by: UploadOwner & { readonly digest: Digest },
): Promise<boolean> {
  const rows = await database.prepared(
    'upload_session_is_finished',
    `SELECT 1 FROM finished_upload f
     JOIN repository_blob l ON l.repository_id = f.repository_id AND l.digest = f.digest AND l.deleted_at IS NULL
     WHERE f.id = $1 AND f.repository_id = ${namedRepository('$2')} AND f.principal_id = $3 AND f.principal_kind = $4 AND f.digest = $5`,
    [id, by.name, by.principal.id, by.principal.kind, by.digest],
  );
  return rows.length > 0;
}
