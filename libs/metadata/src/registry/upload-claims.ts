import { randomUUID } from 'node:crypto';
import type { Database } from '../database.js';
import { refuse } from './charges.js';
import type { ClaimedSession, UploadSessionRecord } from './upload-session.js';

/** A writer that went silent for this long has lost its session to the next one. */
const LEASE_SECONDS = 30;
export const LEASE_RENEWAL_MS = 10_000;

/**
 * For what nobody is told of before something else is committed: the row is let go without a wait for the disk. A crash of
 * Postgres takes it back, and leaves the session where it was.
 */
const NOT_YET_DURABLE = `set_config('synchronous_commit', 'off', true)`;

/**
 * The session is locked before the usage row, as everywhere. Each step hangs on the one before: without the claim or without
 * room nothing is changed.
 */
const ADVANCE = `
  WITH held AS (
    SELECT id FROM upload_session WHERE id = $1 AND writer = $2 FOR UPDATE
  ), reserved AS (
    UPDATE namespace_usage SET reserved_bytes = reserved_bytes + $4::bigint FROM held
    WHERE namespace_id = $3 AND $4::bigint > 0 AND used_bytes + reserved_bytes + $4::bigint <= limit_bytes
    RETURNING held.id
  ), recorded AS (
    UPDATE upload_session s
    SET durable_bytes = $5, storage_token = $6, touched_at = now(), reserved_bytes = s.reserved_bytes + $4::bigint,
        writer = CASE WHEN $7::boolean THEN s.writer END
    FROM held LEFT JOIN reserved ON reserved.id = held.id
    WHERE s.id = held.id AND ($4::bigint = 0 OR reserved.id IS NOT NULL)
    RETURNING 1
  )
  SELECT EXISTS (SELECT 1 FROM held) AS "isHeld", EXISTS (SELECT 1 FROM recorded) AS "isRecorded",
         CASE WHEN $7::boolean THEN ${NOT_YET_DURABLE} END`;

/** Each of these is described where it is a method: `UploadSessionStore`. */
export async function claimSession(
  database: Database,
  session: UploadSessionRecord,
  expectedOffset: number,
): Promise<ClaimedSession | undefined> {
  const writer = randomUUID();
  // The row is locked before it is judged: of two claims the second one waits, and then finds the first one's lease.
  const rows = await database.prepared<
    Pick<ClaimedSession, 'storageToken' | 'reservedBytes' | 'takenOver' | 'freeBytes' | 'layerLimitBytes'>
  >(
    'upload_session_claim',
    `WITH before AS (
       SELECT id, writer, ${NOT_YET_DURABLE} FROM upload_session
       WHERE id = $1 AND durable_bytes = $2 AND (writer IS NULL OR writer_until < now()) FOR UPDATE
     )
     UPDATE upload_session s
     SET writer = $3, writer_until = now() + make_interval(secs => $4), touched_at = now()
     FROM before, namespace_usage u WHERE s.id = before.id AND u.namespace_id = $5
     RETURNING s.storage_token AS "storageToken", s.reserved_bytes::float8 AS "reservedBytes",
               before.writer IS NOT NULL AS "takenOver",
               (u.limit_bytes - u.used_bytes - u.reserved_bytes)::float8 AS "freeBytes",
               u.layer_limit_bytes::float8 AS "layerLimitBytes"`,
    [session.id, expectedOffset, writer, LEASE_SECONDS, session.namespaceId],
  );
  return rows[0] && { ...session, ...rows[0], offset: expectedOffset, writer };
}

export async function moveStaged(database: Database, session: ClaimedSession, storageToken: string): Promise<boolean> {
  const moved = await database.run(
    (db) => db.$executeRaw`
      UPDATE upload_session SET storage_token = ${storageToken}, touched_at = now()
      WHERE id = ${session.id}::uuid AND writer = ${session.writer}::uuid`,
  );
  return moved === 1;
}

export async function renewClaim(database: Database, session: ClaimedSession): Promise<boolean> {
  const renewed = await database.run(
    (db) => db.$executeRaw`
      UPDATE upload_session
      SET writer_until = now() + make_interval(secs => ${LEASE_SECONDS}), touched_at = now()
      WHERE id = ${session.id}::uuid AND writer = ${session.writer}::uuid`,
  );
  return renewed === 1;
}

/** What a writer has reached. */
export interface UploadProgress {
  readonly offset: number;
  readonly storageToken: string;
  /** The claim goes on; what is recorded is durable with what this call of the client ends with. */
  readonly keepClaim: boolean;
}

export async function advanceClaim(
  database: Database,
  session: ClaimedSession,
  state: UploadProgress,
): Promise<boolean> {
  const reserve = Math.max(0, state.offset - session.reservedBytes);
  const outcome = await database.changed<{ isHeld: boolean; isRecorded: boolean }>('upload_session_advance', ADVANCE, [
    session.id,
    session.writer,
    session.namespaceId,
    reserve,
    state.offset,
    state.storageToken,
    state.keepClaim,
  ]);
  if (!outcome[0]?.isHeld) return false;
  if (!outcome[0].isRecorded) await database.statements((tx) => refuse(tx, session.namespaceId, reserve));
  return true;
}

export async function releaseClaim(database: Database, session: ClaimedSession): Promise<void> {
  await database.run(
    (db) => db.$executeRaw`
      UPDATE upload_session SET writer = NULL, writer_until = NULL
      WHERE id = ${session.id}::uuid AND writer = ${session.writer}::uuid`,
  );
}
