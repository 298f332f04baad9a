import type { Purged } from '@stowage/contracts';
import type { Actor, TrashPurge } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';

/** A person waits this long; the worker's job goes on with what is left. */
const PATIENCE_MS = 5_000;

/** Purges now, for good; what is large goes on without the request. Throws 404 when somebody was faster. */
export async function purgeAWhile(purges: TrashPurge, entryId: string, actor: Actor): Promise<Purged> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const outcome = await purges.purge(entryId, { now: true, actor, signal });
  if (outcome === 'gone') throw notFound('This entry of the trash');
  return { state: outcome === 'purged' ? 'purged' : 'progress' };
}
