import { randomUUID } from 'node:crypto';
import { failPoint } from '@stowage/failpoints';
import type { Digest, RepositoryName } from '@stowage/oci';
import type { Actor, PrincipalRef } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import type { Statements } from '../statements.js';
import { namedRepository } from '../tenancy/name-sql.js';
import type { NamespaceUsage } from '../tenancy/namespace-store.js';
import { type BlobRecord, chargeLink, type Link, linkBlob } from './blob-store.js';
import { changeReservation, refuse } from './charges.js';
import { publishBlob } from './publish-blob.js';
import { RepositoryGoneError, type RepositoryRecord } from './repository-store.js';
import { type ReviewDelay, reviewLinks } from './reviews.js';

export interface UploadSessionRecord {
  readonly id: string;
  readonly repositoryId: string;
  readonly namespaceId: string;
  readonly principal: PrincipalRef;
  readonly storageToken: string;
  readonly offset: number;
  readonly reservedBytes: number;
}

/** Whose a session is, and where: for anybody else, or in another repository, it does not exist. */
export interface UploadOwner {
  readonly name: RepositoryName;
  readonly principal: PrincipalRef;
}

/** A session that this call alone may write to, until the lease ends. */
export interface ClaimedSession extends UploadSessionRecord {
  readonly writer: string;
  /** The lease of another writer had run out. That writer may still be there: it no longer counts, but its bytes can arrive. */
  readonly takenOver: boolean;
  /** Room in the namespace when the claim was made, besides what this session has reserved. */
  readonly freeBytes: number;
  /** How large a blob of the namespace may be; `UNLIMITED` is any size. */
  readonly layerLimitBytes: number;
}

/** The open sessions of a principal, and the room in the namespace. */
export interface UploadAdmission extends NamespaceUsage {
  readonly openSessions: number;
}

/** What a storage driver calls the state of an upload. */
export interface StagedBytes {
  readonly token: string;
  readonly offset: number;
}

export type PublishOutcome =
  /** The bytes that were published are the blob's now. */
  | 'published'
  /** Somebody else's bytes of the same digest were there first; ours are an orphan. */
  | 'already there';

/** A writer that went silent for this long has lost its session to the next one. */
const LEASE_SECONDS = 30;
export const LEASE_RENEWAL_MS = 10_000;

const SELECT = `
  SELECT s.id, s.repository_id AS "repositoryId", r.namespace_id AS "namespaceId", 
         jsonb_build_object('kind', s.principal_kind, 'id', s.principal_id) AS principal,
         s.storage_token AS "storageToken", s.durable_bytes::float8 AS "offset", s.reserved_bytes::float8 AS "reservedBytes"
  FROM upload_session s JOIN repository r ON r.id = s.repository_id`;

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

export class UploadSessionStore {
  constructor(
    private readonly database: Database,
    private readonly reviewDelay: ReviewDelay,
  ) {}

  /** What decides whether one more session may be opened. */
  async admission(repository: RepositoryRecord, principal: PrincipalRef): Promise<UploadAdmission> {
    const [row] = await this.database.prepared<UploadAdmission>(
      'upload_session_admission',
      `SELECT (SELECT count(*)::int FROM upload_session WHERE principal_id = $1) AS "openSessions",
              used_bytes::float8 AS "usedBytes", reserved_bytes::float8 AS "reservedBytes",
              limit_bytes::float8 AS "limitBytes"
       FROM namespace_usage WHERE namespace_id = $2`,
      [principal.id, repository.namespaceId],
    );
    if (!row) throw new Error('the namespace has no usage row');
    return row;
  }

  /** Throws nothing but database errors; the number of open sessions is the caller's to limit. */
  async create(input: {
    repository: RepositoryRecord;
    principal: PrincipalRef;
    storageToken: string;
  }): Promise<UploadSessionRecord> {
    const { repository, principal, storageToken } = input;
    const id = randomUUID();
    // A repository that is being transferred is waited for: the session counts in the namespace where it is then.
    const [home] = await this.database.prepared<{ namespaceId: string }>(
      'upload_session_create',
      `WITH home AS (
         SELECT id, namespace_id FROM repository WHERE id = $2 AND deleted_at IS NULL FOR KEY SHARE
       ), made AS (
         INSERT INTO upload_session (id, repository_id, principal_kind, principal_id, storage_token)
         SELECT $1, id, $3, $4, $5 FROM home
       )
       SELECT namespace_id AS "namespaceId" FROM home`,
      [id, repository.id, principal.kind, principal.id, storageToken],
    );
    if (!home) throw new RepositoryGoneError();
    const { id: repositoryId } = repository;
    const { namespaceId } = home;
    return { id, repositoryId, namespaceId, principal, storageToken, offset: 0, reservedBytes: 0 };
  }

  /** The session, if this principal opened it in this repository; anybody else's is as unknown as a random id. */
  async find(id: string, owner: UploadOwner): Promise<UploadSessionRecord | undefined> {
    const rows = await this.database.prepared<UploadSessionRecord>(
      'upload_session_find',
      `${SELECT} WHERE s.id = $1 AND s.repository_id = ${namedRepository('$2')} AND s.principal_id = $3 AND s.principal_kind = $4`,
      [id, owner.name, owner.principal.id, owner.principal.kind],
    );
    return rows[0];
  }

  /**
   * Makes this call the only writer, and returns the session as it is then. Undefined when another one is at work, when the
   * session is gone, or when it is not at the expected offset any more.
   */
  async claim(session: UploadSessionRecord, expectedOffset: number): Promise<ClaimedSession | undefined> {
    const writer = randomUUID();
    // The row is locked before it is judged: of two claims the second one waits, and then finds the first one's lease.
    const rows = await this.database.prepared<
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

  /** Records where the staged bytes are now, which are as many as before. False when the claim was lost. */
  async moveStaged(session: ClaimedSession, storageToken: string): Promise<boolean> {
    const moved = await this.database.run(
      (db) => db.$executeRaw`
        UPDATE upload_session SET storage_token = ${storageToken}, touched_at = now()
        WHERE id = ${session.id}::uuid AND writer = ${session.writer}::uuid`,
    );
    return moved === 1;
  }

  /** Keeps the claim while a body streams; false when it was lost. */
  async renew(session: ClaimedSession): Promise<boolean> {
    const renewed = await this.database.run(
      (db) => db.$executeRaw`
        UPDATE upload_session
        SET writer_until = now() + make_interval(secs => ${LEASE_SECONDS}), touched_at = now()
        WHERE id = ${session.id}::uuid AND writer = ${session.writer}::uuid`,
    );
    return renewed === 1;
  }

  /**
   * Records what is durable and reserves the new bytes, in one transaction; the claim is given back unless it is
   * to be kept: then it is durable with what this call of the client ends with. False when the claim was lost. Throws `QuotaExceededError`; then nothing is recorded.
   */
  async advance(
    session: ClaimedSession,
    state: { offset: number; storageToken: string; keepClaim: boolean },
  ): Promise<boolean> {
    const reserve = Math.max(0, state.offset - session.reservedBytes);
    const outcome = await this.database.changed<{ isHeld: boolean; isRecorded: boolean }>(
      'upload_session_advance',
      ADVANCE,
      [session.id, session.writer, session.namespaceId, reserve, state.offset, state.storageToken, state.keepClaim],
    );
    if (!outcome[0]?.isHeld) return false;
    if (!outcome[0].isRecorded) await this.database.statements((tx) => refuse(tx, session.namespaceId, reserve));
    return true;
  }

  async release(session: ClaimedSession): Promise<void> {
    await this.database.run(
      (db) => db.$executeRaw`
        UPDATE upload_session SET writer = NULL, writer_until = NULL
        WHERE id = ${session.id}::uuid AND writer = ${session.writer}::uuid`,
    );
  }

  /**
   * Ends the session with a blob: row, link, charge, review and audit in one transaction. Undefined when the claim
   * was lost. Throws `QuotaExceededError`; then the session is still there.
   */
  async finish(
    session: ClaimedSession,
    input: { repository: RepositoryRecord; blob: BlobRecord; actor: Actor },
  ): Promise<PublishOutcome | undefined> {
    const { blob, actor } = input;
    // Where the session is: it ends when its repository is transferred, while what the caller knows may be older.
    const repository = { ...input.repository, namespaceId: session.namespaceId };
    const finished = await this.database.statements(async (tx) => {
      const ended = await publishBlob(tx, session, blob);
      if (!ended) return undefined;
      const { namespaceId } = repository;
      const target = `${repository.name}@${blob.digest}`;
      const detail = { size: blob.size };
      const reviewed = { repositoryId: repository.id, digests: [blob.digest] };
      const [link] = await Promise.all([
        linkBlob(tx, { repository, digest: blob.digest, size: blob.size }),
        reviewLinks(tx, reviewed, { event: 'upload', delay: this.reviewDelay }),
        recordAudit(tx, { actor, action: 'blob.push', namespaceId, target, detail }),
      ]);
      await failPoint('K7');
      return { ...ended, link };
    }, chargeFinished);
    if (!finished) return undefined;
    return finished.generation === blob.generation ? 'published' : 'already there';
  }

  /**
   * Ends the session without a blob and gives its reservation back. Returns where its staged bytes are, for the caller to
   * free. Undefined when it was gone already, or when `writer` is given and has lost it.
   */
  async discard(session: UploadSessionRecord, writer: string | null = null): Promise<StagedBytes | undefined> {
    return this.database.statements(async (tx) => {
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

  /** True when this session has become that blob, which is still in its repository. Anybody else's session is unknown. */
  async isFinished(id: string, by: UploadOwner & { readonly digest: Digest }): Promise<boolean> {
    const rows = await this.database.prepared(
      'upload_session_is_finished',
      `SELECT 1 FROM finished_upload f
       JOIN repository_blob l ON l.repository_id = f.repository_id AND l.digest = f.digest AND l.deleted_at IS NULL
       WHERE f.id = $1 AND f.repository_id = ${namedRepository('$2')} AND f.principal_id = $3 AND f.principal_kind = $4 AND f.digest = $5`,
      [id, by.name, by.principal.id, by.principal.kind, by.digest],
    );
    return rows.length > 0;
  }

  /** Cross-tenant, for the expiry job: nobody asks again for what was finished that long ago. Returns how many. */
  async forgetFinished(ageSeconds: number): Promise<number> {
    return this.database.run(
      (db) => db.$executeRaw`
        DELETE FROM finished_upload WHERE finished_at < now() - make_interval(secs => ${ageSeconds})`,
    );
  }

  /** Cross-tenant: whether a session still names these staged bytes. */
  async isStaged(storageToken: string): Promise<boolean> {
    return this.database.run(async (db) => (await db.uploadSession.findFirst({ where: { storageToken } })) !== null);
  }

  /**
   * Cross-tenant, for the expiry job: sessions that nobody touched for `idleSeconds`, oldest first. Those of a namespace that is
   * read-only wait: nobody could have touched them.
   */
  async listIdle(idleSeconds: number, limit: number): Promise<UploadSessionRecord[]> {
    return this.database.prepared<UploadSessionRecord>(
      'upload_session_list_idle',
      `${SELECT} WHERE s.touched_at < now() - make_interval(secs => $1)
        AND (s.writer IS NULL OR s.writer_until < now())
        AND NOT EXISTS (SELECT 1 FROM read_only_mode o JOIN repository p ON p.namespace_id = o.namespace_id
                        WHERE p.id = s.repository_id)
       ORDER BY s.touched_at LIMIT $2`,
      [idleSeconds, limit],
    );
  }
}

async function chargeFinished(
  tx: Statements,
  finished: { readonly reserved: bigint; readonly link: Link } | undefined,
): Promise<void> {
  if (finished) await chargeLink(tx, finished.link, Number(finished.reserved));
}
