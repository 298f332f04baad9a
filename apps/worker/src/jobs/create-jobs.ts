import { generateSigningKey } from '@stowage/auth';
import type { Job } from '@stowage/jobs';
import {
  IdempotentRequests,
  JobRunClaims,
  MailQueue,
  PasskeyStore,
  RateLimiter,
  RefreshTokenStore,
  RetentionResults,
  RetentionSchedule,
  SessionStore,
  SignInNetworks,
  AuditSeals,
  SigningKeyRotation,
  StorageChecks,
  TrashPurge,
  UploadSessionStore,
} from '@stowage/metadata';
import type { CollectionParts } from '../open-collection.js';
import type { WorkerOptions } from '../worker-options.js';
import { collectGarbage } from './collect-garbage.js';
import { deleteExpiredMail } from './delete-expired-mail.js';
import { deleteExpiredLimits } from './delete-expired-limits.js';
import { deleteExpiredSessions } from './delete-expired-sessions.js';
import { forgetIdempotencyKeys } from './forget-idempotency-keys.js';
import { expireUploadSessions } from './expire-upload-sessions.js';
import { forgetJobRuns } from './forget-job-runs.js';
import { forgetRetentionResults } from './forget-retention-results.js';
import { purgeTrash } from './purge-trash.js';
import { removeAbandonedUploads } from './remove-abandoned-uploads.js';
import { rotateSigningKeys } from './rotate-signing-keys.js';
import { sealAudit } from './seal-audit.js';
import { startDueRetention } from './start-due-retention.js';
import { sendMail } from './send-mail.js';
import { warnOfUsage } from './warn-of-usage.js';
import { watchUsage } from './watch-usage.js';
import { startStorageCheck } from './start-storage-check.js';

/** Every job there is. */
export function createJobs(options: WorkerOptions, { collection }: CollectionParts): Job[] {
  const { database, storage, uploadTtlSeconds, reviewDelaySeconds, collectionSeconds } = options;
  // The delay is for blobs that are published; the jobs only end sessions.
  const uploads = { sessions: new UploadSessionStore(database, { seconds: 0 }), storage };
  const queue = new MailQueue(database);
  const rotation = new SigningKeyRotation(database, { ...options.signingKeyTimes, generate: generateSigningKey });
  return [
    collectGarbage(collection, collectionSeconds),
    purgeTrash(new TrashPurge(database, { seconds: reviewDelaySeconds }), options.trashRetentionSeconds),
    expireUploadSessions(uploads, uploadTtlSeconds),
    removeAbandonedUploads(uploads, uploadTtlSeconds),
    rotateSigningKeys(rotation, options.signingKeyTimes.periodSeconds),
    deleteExpiredSessions({
      sessions: new SessionStore(database),
      refreshTokens: new RefreshTokenStore(database),
      passkeys: new PasskeyStore(database),
    }),
    deleteExpiredLimits({ limiter: new RateLimiter(database), networks: new SignInNetworks(database) }),
    forgetIdempotencyKeys(new IdempotentRequests(database)),
    deleteExpiredMail(queue),
    ...(options.mail ? [sendMail({ queue, ...options.mail }), warnOfUsage(database, options.mail.mailroom)] : []),
    watchUsage(database),
    forgetJobRuns(new JobRunClaims(database)),
    startDueRetention(new RetentionSchedule(database)),
    forgetRetentionResults(new RetentionResults(database)),
    sealAudit(new AuditSeals(database)),
    startStorageCheck(new StorageChecks(database)),
  ];
}
