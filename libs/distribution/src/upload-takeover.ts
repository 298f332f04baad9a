import type { ClaimedSession } from '@stowage/metadata';
import type { DistributionDependencies } from './dependencies.js';
import { unknownUpload } from './upload-errors.js';

/**
 * Goes on with a copy of the staged bytes, under a token that the writer before does not know. A crash in between leaves
 * either copy without a session, which the sweep finds. Throws BLOB_UPLOAD_UNKNOWN when this claim is lost as well.
 */
export async function moveToFork(deps: DistributionDependencies, session: ClaimedSession): Promise<ClaimedSession> {
  const { storage, sessions } = deps;
  const old = { token: session.storageToken, offset: session.offset };
  const fork = await storage.forkUpload(old);
  if (!(await sessions.moveStaged(session, fork.token))) {
    await storage.abortUpload(fork);
    throw unknownUpload();
  }
  await storage.abortUpload(old).catch((error: unknown) => {
    deps.onAnomaly('staged bytes stay until the sweep', { upload: session.id, error: String(error) });
  });
  return { ...session, storageToken: fork.token };
}
