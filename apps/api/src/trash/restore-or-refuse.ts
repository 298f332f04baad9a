import type { RestoredView } from '@stowage/contracts';
import { type Database, restoreEntry, type Restoration } from '@stowage/metadata';
import { notInTrash } from './trash-page.js';
import { toObstacleProblem } from './trash-view.js';

/** Throws 404 when somebody was faster, and 409 with what is in the way. */
export async function restoreOrRefuse(
  database: Database,
  entryId: string,
  restoration: Restoration,
): Promise<RestoredView> {
  const outcome = await restoreEntry(database, entryId, restoration);
  if (outcome.kind === 'gone') throw notInTrash();
  if (outcome.kind === 'refused') throw toObstacleProblem(outcome.obstacle);
  return { target: outcome.target, left: [...outcome.left] };
}
