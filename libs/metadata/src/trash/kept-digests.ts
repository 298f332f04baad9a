import { type Reviewed, type ReviewDelay, reviewManifests } from '../registry/reviews.js';
import type { Statements } from '../statements.js';

/**
 * Manifests that tags were moved away from: reviewed when the moves can't be undone any more. The events of the moves say
 * until when (`kept_until`), so that a review for another reason keeps them as well.
 */
export async function keepRestorable(
  tx: Statements,
  moved: Reviewed,
  { keptSeconds, delay }: { readonly keptSeconds: number; readonly delay: ReviewDelay },
): Promise<void> {
  const seconds = Math.max(keptSeconds, delay.seconds);
  await reviewManifests(tx, moved, { event: 'push', delay: { seconds } });
}
