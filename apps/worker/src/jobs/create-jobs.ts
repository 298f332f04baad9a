import type { Job } from '@stowage/jobs';
import { SessionStore, UploadSessionStore } from '@stowage/metadata';
import type { WorkerOptions } from '../worker-options.js';
import { deleteExpiredSessions } from './delete-expired-sessions.js';
import { expireUploadSessions } from './expire-upload-sessions.js';
import { removeAbandonedUploads } from './remove-abandoned-uploads.js';

/** Every job there is. */
export function createJobs({ database, storage, uploadTtlSeconds }: WorkerOptions): Job[] {
  // The delay is for blobs that are published; the jobs only end sessions.
  const uploads = { sessions: new UploadSessionStore(database, { seconds: 0 }), storage };
  return [
    expireUploadSessions(uploads, uploadTtlSeconds),
    removeAbandonedUploads(uploads, uploadTtlSeconds),
    deleteExpiredSessions(new SessionStore(database)),
  ];
}
