import type { UploadSessionRecord } from '@stowage/metadata';
import type { DistributionDependencies } from './dependencies.js';

/**
 * Ends a session without a blob: row and reservation first, then the staged bytes; a crash in between leaves bytes that
 * the sweep finds. False when the session was gone already, or when `writer` is given and has lost it.
 */
export async function endSession(
  { sessions, storage }: Pick<DistributionDependencies, 'sessions' | 'storage'>,
  session: UploadSessionRecord,
  writer?: string,
): Promise<boolean> {
  const staged = await sessions.discard(session, writer);
  if (staged) await storage.abortUpload(staged);
  return staged !== undefined;
}
