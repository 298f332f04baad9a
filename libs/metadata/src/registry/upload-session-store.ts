import { randomUUID } from 'node:crypto';
import type { Digest } from '@stowage/oci';
import type { PrincipalRef } from '../actor.js';
import type { Database } from '../database.js';
import { namedRepository } from '../tenancy/name-sql.js';
import type { NamespaceUsage } from '../tenancy/namespace-store.js';
import { RepositoryGoneError, type RepositoryRecord } from './repository-store.js';
import type { ReviewDelay } from './reviews.js';
import {
  advanceClaim,
  claimSession,
  moveStaged,
  releaseClaim,
  renewClaim,
  type UploadProgress,
} from './upload-claims.js';
import { discardSession, finishSession, hasBecome, type UploadResult } from './upload-endings.js';
import type {
  ClaimedSession,
  PublishOutcome,
  StagedBytes,
  UploadOwner,
  UploadSessionRecord,
} from './upload-session.js';

/** The open sessions of a principal, and the room in the namespace. */
export interface UploadAdmission extends NamespaceUsage {
  readonly openSessions: number;
}

const SELECT = `
  SELECT s.id, s.repository_id AS "repositoryId", r.namespace_id AS "namespaceId", 
         jsonb_build_object('kind', s.principal_kind, 'id', s.principal_id) AS principal,
         s.storage_token AS "storageToken", s.durable_bytes::float8 AS "offset", s.reserved_bytes::float8 AS "reservedBytes"
  FROM upload_session s JOIN repository r ON r.id = s.repository_id`;

/** Uploads that are open: who may write to them, and how they end. */
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
  claim(session: UploadSessionRecord, expectedOffset: number): Promise<ClaimedSession | undefined> {
    return claimSession(this.database, session, expectedOffset);
  }

  /** Records where the staged bytes are now, which are as many as before. False when the claim was lost. */
  moveStaged(session: ClaimedSession, storageToken: string): Promise<boolean> {
    return moveStaged(this.database, session, storageToken);
  }

  /** Keeps the claim while a body streams; false when it was lost. */
  renew(session: ClaimedSession): Promise<boolean> {
    return renewClaim(this.database, session);
  }

  /**
   * Records what is durable and reserves the new bytes, in one transaction; the claim is given back unless it is to be kept.
   * False when the claim was lost. Throws `QuotaExceededError`; then nothing is recorded.
   */
  advance(session: ClaimedSession, state: UploadProgress): Promise<boolean> {
    return advanceClaim(this.database, session, state);
  }

  /** Gives the claim back, if it is still held. */
  release(session: ClaimedSession): Promise<void> {
    return releaseClaim(this.database, session);
  }

  /**
   * Ends the session with a blob: row, link, charge, review and audit in one transaction. Undefined when the claim
   * was lost. Throws `QuotaExceededError`; then the session is still there.
   */
  finish(session: ClaimedSession, result: UploadResult): Promise<PublishOutcome | undefined> {
    return finishSession(this.database, session, { ...result, delay: this.reviewDelay });
  }

  /**
   * Ends the session without a blob and gives its reservation back. Returns where its staged bytes are, for the caller to
   * free. Undefined when it was gone already, or when `writer` is given and has lost it.
   */
  discard(session: UploadSessionRecord, writer: string | null = null): Promise<StagedBytes | undefined> {
    return discardSession(this.database, session, writer);
  }

  /** True when this session has become that blob, which is still in its repository. Anybody else's session is unknown. */
  isFinished(id: string, by: UploadOwner & { readonly digest: Digest }): Promise<boolean> {
    return hasBecome(this.database, id, by);
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
