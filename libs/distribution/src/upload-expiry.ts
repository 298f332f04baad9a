import type { DistributionDependencies } from './dependencies.js';
import { endSession } from './upload-end.js';

const BATCH = 100;

/**
 * Ends the sessions that nobody touched for `idleSeconds`: rows, reservations and staged bytes. Returns how many.
 * Forgets what was finished that long ago as well. The row goes first: a crash in between leaves staged bytes, which `removeAbandonedBytes` finds.
 */
export async function expireUploads(
  deps: Pick<DistributionDependencies, 'sessions' | 'storage'>,
  idleSeconds: number,
  signal?: AbortSignal,
): Promise<number> {
  let ended = 0;
  for (;;) {
    const idle = await deps.sessions.listIdle(idleSeconds, BATCH);
    for (const session of idle) {
      if (signal?.aborted) return ended;
      if (await endSession(deps, session)) ended += 1;
    }
    if (idle.length < BATCH) break;
  }
  await deps.sessions.forgetFinished(idleSeconds);
  return ended;
}

/** Frees staged bytes that no session names, older than any session can be. Returns how many uploads were freed. */
export async function removeAbandonedBytes(
  deps: Pick<DistributionDependencies, 'sessions' | 'storage'>,
  before: Date,
  signal?: AbortSignal,
): Promise<number> {
  let freed = 0;
  for await (const state of deps.storage.listUploads(before)) {
    if (signal?.aborted) return freed;
    if (await deps.sessions.isStaged(state.token)) continue;
    await deps.storage.abortUpload(state);
    freed += 1;
  }
  return freed;
}
