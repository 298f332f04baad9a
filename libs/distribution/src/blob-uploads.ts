import type { Readable } from 'node:stream';
import { failPoint } from '@stowage/failpoints';
import type {
  Actor,
  ClaimedSession,
  NamespaceUsage,
  PrincipalRef,
  RepositoryRecord,
  UploadOwner,
  UploadSessionRecord,
} from '@stowage/metadata';
import {
  type ByteRange,
  type Digest,
  type DigestAlgorithm,
  namespaceOf,
  OciError,
  type OciErrorCode,
} from '@stowage/oci';
import { UploadNotFoundError } from '@stowage/storage';
import { ByteLimitExceededError } from './metered-body.js';
import type { DistributionDependencies } from './dependencies.js';
import { layerTooLarge } from './layer-limit.js';
import { quotaError, translateQuota } from './quota-errors.js';
import { isFull } from './quota-warning.js';
import { newRunningDigest, RunningDigests } from './running-digests.js';
import { appendBody } from './upload-append.js';
import { endSession } from './upload-end.js';
import { brokenOff, unknownUpload } from './upload-errors.js';
import { publishUpload } from './upload-publication.js';
import { moveToFork } from './upload-takeover.js';

const MAX_OPEN_SESSIONS = 100;
const MAX_RUNNING_DIGESTS = 1_000;
/** Refusals that trying again would not change. */
const ENDING = new Set<OciErrorCode>(['DENIED', 'BLOB_TOO_LARGE']);

export interface UploadBody {
  readonly stream: Readable;
  /** `Content-Length`, when there is one. */
  readonly length: number | undefined;
  /** `Content-Range`, when there is one. */
  readonly range: ByteRange | undefined;
}

/** A session that has just been opened, and how full its namespace was then. */
export interface OpenedUpload extends UploadSessionRecord {
  readonly usage: NamespaceUsage;
}

/** distribution-spec, "Pushing blobs": sessions that are opened, filled, asked about, finished or cancelled. */
export class BlobUploads {
  readonly #digests = new RunningDigests(MAX_RUNNING_DIGESTS);

  constructor(private readonly deps: DistributionDependencies) {}

  /**
   * Opens a session. `algorithm` is that of the digest it will be finished with, when the client announces it (end-4c).
   * Throws DENIED when the namespace is full, TOOMANYREQUESTS at 100 open sessions of the principal.
   */
  async start(
    repository: RepositoryRecord,
    principal: PrincipalRef,
    algorithm: DigestAlgorithm = 'sha256',
  ): Promise<OpenedUpload> {
    const { openSessions, ...usage } = await this.deps.sessions.admission(repository, principal);
    if (openSessions >= MAX_OPEN_SESSIONS) {
      throw new OciError('TOOMANYREQUESTS', {
        message: `${MAX_OPEN_SESSIONS} uploads are open already; finish or cancel some, idle ones end by themselves`,
        headers: { 'Retry-After': '60' },
      });
    }
    if (isFull(usage)) throw await this.#full(repository);
    const session = await this.#open(repository, principal);
    await failPoint('K0');
    this.#digests.keep(session.id, newRunningDigest(algorithm));
    return { ...session, usage };
  }

  /** A session that could not be recorded leaves no bytes: even if its row is there, nobody has been told its id. */
  async #open(repository: RepositoryRecord, principal: PrincipalRef): Promise<UploadSessionRecord> {
    const staged = await this.deps.storage.beginUpload();
    try {
      return await this.deps.sessions.create({ repository, principal, storageToken: staged.token });
    } catch (error) {
      await this.deps.storage.abortUpload(staged).catch((failure: unknown) => {
        this.deps.onAnomaly('staged bytes stay until the sweep', { upload: staged.token, error: String(failure) });
      });
      throw error;
    }
  }

  /** Throws BLOB_UPLOAD_UNKNOWN, also for a session of somebody else or of another repository. */
  async get(id: string, owner: UploadOwner): Promise<UploadSessionRecord> {
    const session = await this.deps.sessions.find(id, owner);
    if (!session) throw unknownUpload();
    return session;
  }

  /**
   * Appends a chunk and returns the session with the bytes that are durable now. Throws RANGE_INVALID when the chunk
   * doesn't start where the session ends or another request is writing, SIZE_INVALID when it isn't as long as its
   * range says, DENIED when the namespace is full and BLOB_TOO_LARGE at the limit of layers (the session is gone then).
   */
  async append(
    repository: RepositoryRecord,
    session: UploadSessionRecord,
    body: UploadBody,
  ): Promise<UploadSessionRecord> {
    const claimed = await this.#claim(session, body.range);
    return this.#fill(repository, claimed, { body, keepClaim: false });
  }

  /**
   * Appends what the body still brings, verifies the digest, publishes. The blob is visible and durable when it
   * resolves. Throws DIGEST_INVALID; the staged bytes are gone then.
   */
  async finish(
    repository: RepositoryRecord,
    session: UploadSessionRecord,
    input: { readonly digest: Digest; readonly body: UploadBody; readonly actor: Actor },
  ): Promise<void> {
    let claimed = await this.#claim(session, input.body.range);
    if (input.body.length !== 0) claimed = await this.#fill(repository, claimed, { body: input.body, keepClaim: true });
    await failPoint('K3');
    const running = this.#digests.take(session.id, claimed.offset);
    try {
      await publishUpload(this.deps, {
        repository,
        session: claimed,
        digest: input.digest,
        running,
        actor: input.actor,
      });
    } catch (error) {
      // Where the session is still there, who tries again must not wait for the lease to end.
      await this.deps.sessions.release(claimed).catch(() => undefined);
      throw this.#translate(error, repository);
    }
  }

  /**
   * True when the session has become this blob: whoever asks again has missed the answer (2.4: R19). The blob stays for
   * the review delay then, as after any other answer that a push relies on.
   */
  async isFinished(id: string, owner: UploadOwner, digest: Digest): Promise<boolean> {
    await this.deps.postponement.blob(owner.name, digest);
    return this.deps.sessions.isFinished(id, { ...owner, digest });
  }

  /** Ends the session and frees its bytes. */
  async cancel(session: UploadSessionRecord): Promise<void> {
    this.#digests.forget(session.id);
    if (!(await endSession(this.deps, session))) throw unknownUpload();
  }

  async #claim(session: UploadSessionRecord, range: ByteRange | undefined): Promise<ClaimedSession> {
    const claimed =
      range && range.first !== session.offset ? undefined : await this.deps.sessions.claim(session, session.offset);
    if (claimed?.takenOver) return this.#takeOver(claimed);
    if (claimed) return claimed;
    throw new OciError('RANGE_INVALID', {
      message: `the upload continues at byte ${session.offset}; ask for its status and send from there`,
      detail: { offset: session.offset },
    });
  }

  /** The writer that went silent may wake up: what it has open must not be what is written and published from now on. */
  async #takeOver(session: ClaimedSession): Promise<ClaimedSession> {
    try {
      return await moveToFork(this.deps, session);
    } catch (error) {
      await this.#giveUp(session, error);
      throw this.#translate(error, undefined);
    }
  }

  async #fill(
    repository: RepositoryRecord,
    session: ClaimedSession,
    input: { readonly body: UploadBody; readonly keepClaim: boolean },
  ): Promise<ClaimedSession> {
    const { body, keepClaim } = input;
    try {
      const free = session.freeBytes + session.reservedBytes - session.offset;
      const layerRoom = session.layerLimitBytes - session.offset;
      if ((body.length ?? 0) > layerRoom) throw this.#tooLarge(repository, session, body.length);
      if ((body.length ?? 0) > free) throw await this.#full(repository, body.length);
      const { state, failure } = await appendBody(this.deps, this.#digests, {
        session,
        body: body.stream,
        maxBytes: Math.min(free, layerRoom),
      });
      if (failure instanceof ByteLimitExceededError) {
        // How much more was to come, nobody knows.
        throw layerRoom < free ? this.#tooLarge(repository, session) : await this.#full(repository);
      }
      await failPoint('K2');
      if (!failure) this.#checkLength(session, state.offset - session.offset, body);
      const { offset, token: storageToken } = state;
      const keep = keepClaim && !failure;
      if (!(await this.deps.sessions.advance(session, { offset, storageToken, keepClaim: keep })))
        throw unknownUpload();
      await failPoint('Q1');
      if (failure) throw brokenOff(offset, failure);
      return { ...session, offset, storageToken, reservedBytes: Math.max(session.reservedBytes, offset) };
    } catch (error) {
      await this.#giveUp(session, error);
      throw this.#translate(error, repository);
    }
  }

  /** A chunk that is not what its range promised is not recorded: the session stays where it was. */
  #checkLength(session: ClaimedSession, received: number, body: UploadBody): void {
    const promised = body.range ? body.range.last - body.range.first + 1 : undefined;
    if (promised === undefined || promised === received) return;
    this.#digests.forget(session.id);
    throw new OciError('SIZE_INVALID', {
      message: `Content-Range promised ${promised} bytes, the body had ${received}`,
      detail: { promised, received },
    });
  }

  /** A refusal for want of room ends the session, so that nothing refused is left behind; other failures only give back the claim. */
  async #giveUp(session: ClaimedSession, error: unknown): Promise<void> {
    const translated = this.#translate(error, undefined);
    this.#digests.forget(session.id);
    if (translated instanceof OciError && ENDING.has(translated.code)) {
      await endSession(this.deps, session, session.writer);
    } else {
      await this.deps.sessions.release(session);
    }
  }

  #tooLarge(repository: RepositoryRecord, { layerLimitBytes, offset }: ClaimedSession, moreBytes?: number): OciError {
    const namespace = namespaceOf(repository.name);
    const sizeBytes = moreBytes === undefined ? undefined : offset + moreBytes;
    return layerTooLarge({ namespace, limitBytes: layerLimitBytes, sizeBytes, page: this.deps.usagePage(namespace) });
  }

  async #full(repository: RepositoryRecord, neededBytes?: number): Promise<OciError> {
    const usage = await this.deps.namespaces.usage(repository.namespaceId);
    const namespace = namespaceOf(repository.name);
    const needed = neededBytes === undefined ? {} : { neededBytes };
    return quotaError({ namespace, ...usage, ...needed, page: this.deps.usagePage(namespace) });
  }

  #translate(error: unknown, repository: RepositoryRecord | undefined): unknown {
    if (error instanceof UploadNotFoundError) return unknownUpload(error);
    const namespace = repository ? namespaceOf(repository.name) : '';
    return translateQuota(error, namespace, this.deps.usagePage(namespace));
  }
}
