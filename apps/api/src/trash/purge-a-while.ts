import type { Purged } from '@stowage/contracts';
import type { Actor, TrashPurge } from '@stowage/metadata';
import { notInTrash } from './trash-page.js';

/** A person waits this long; the worker's job goes on with what is left. */
const PATIENCE_MS = 5_000;

/** Purges now, for good; what is large goes on without the request. Throws 404 when somebody was faster. */
export async function purgeAWhile(
  purges: TrashPurge,
  entryId: string,
  { actor, reason }: { readonly actor: Actor; readonly reason?: string },
): Promise<Purged> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const outcome = await purges.purge(entryId, { now: true, actor, reason, signal });
  if (outcome === 'gone') throw notInTrash();
  return { state: outcome === 'purged' ? 'purged' : 'progress' };
}
