import { failPoint } from '@stowage/failpoints';
import {
  type Actor,
  type BlobRecord,
  type ClaimedSession,
  newGeneration,
  QuotaExceededError,
  type RepositoryRecord,
} from '@stowage/metadata';
import { type Digest, OciError } from '@stowage/oci';
import { blobKey, type ObjectKey, ObjectNotFoundError } from '@stowage/storage';
import type { DistributionDependencies } from './dependencies.js';
import type { RunningDigest } from './running-digests.js';
import { digestOfUpload } from './upload-digest.js';
import { endSession } from './upload-end.js';
import { unknownUpload } from './upload-errors.js';

export interface Publication {
  readonly repository: RepositoryRecord;
  readonly session: ClaimedSession;
  readonly digest: Digest;
  readonly running: RunningDigest | undefined;
  readonly actor: Actor;
}

/**
 * Staged bytes become a blob: verify, publish to storage (durable), then one transaction. A crash before the
 * transaction leaves an object without a row, which the sweep finds; never a row without bytes.
 */
export async function publishUpload(deps: DistributionDependencies, publication: Publication): Promise<void> {
  const { session, digest, running } = publication;
  const state = { token: session.storageToken, offset: session.offset };
  const actual = await digestOfUpload(deps.storage, state, { expected: digest, running });
  if (actual !== digest) {
    await endSession(deps, session, session.writer);
    throw new OciError('DIGEST_INVALID', {
      message: `the uploaded bytes have the digest ${actual}, not ${digest}; push the layer again`,
      detail: { digest, actual },
    });
  }
  await failPoint('K4');
  const generation = newGeneration();
  const key = blobKey(digest, generation);
  const { size } = await deps.storage.commitUpload(state, key);
  await failPoint('K6');
  const outcome = await commitRow(deps, { ...publication, key, blob: { digest, size, generation } });
  await failPoint('K8');
  if (outcome === undefined) {
    await removeOrphan(deps, key);
    throw unknownUpload();
  }
  if (outcome === 'already there' && !(await replaceLost(deps, { digest, size, generation })))
    await removeOrphan(deps, key);
  await deps.storage.abortUpload(state).catch((error: unknown) => {
    deps.onAnomaly('staged bytes stay until the sweep', { upload: session.id, error: String(error) });
  });
  await failPoint('K9');
}

async function commitRow(
  deps: DistributionDependencies,
  input: Publication & { readonly key: ObjectKey; readonly blob: { digest: Digest; size: number; generation: string } },
) {
  const { session, repository, blob, actor, key } = input;
  try {
    return await deps.sessions.finish(session, { repository, blob, actor });
  } catch (error) {
    // Refused for certain: the object has no row. After any other failure the row may be there, so the bytes stay.
    if (error instanceof QuotaExceededError) {
      await removeOrphan(deps, key);
      await endSession(deps, session, session.writer);
    }
    throw error;
  }
}

/** True when storage had lost the bytes of the blob that was there already, and ours have taken their place. */
async function replaceLost(deps: DistributionDependencies, blob: BlobRecord): Promise<boolean> {
  const known = await deps.blobs.findLive(blob.digest);
  if (!known || (await isStored(deps, known))) return false;
  deps.onAnomaly('a push has brought back a blob whose bytes were lost', { digest: blob.digest });
  return deps.blobs.replaceGeneration(known, blob.generation);
}

async function isStored({ storage }: DistributionDependencies, blob: BlobRecord): Promise<boolean> {
  try {
    return (await storage.stat(blobKey(blob.digest, blob.generation))).size === blob.size;
  } catch (error) {
    return !(error instanceof ObjectNotFoundError); // @NOTE whoever can't look has found nothing wrong
  }
}

async function removeOrphan(deps: DistributionDependencies, key: ObjectKey): Promise<void> {
  try {
    await deps.storage.delete(key);
  } catch (error) {
    // @NOTE the client's answer doesn't depend on it: the sweep finds objects without rows
    deps.onAnomaly('orphaned object stays until the sweep', { key, error: String(error) });
  }
}
