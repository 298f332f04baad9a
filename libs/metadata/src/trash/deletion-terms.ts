import type { ReviewDelay } from '../registry/reviews.js';

/** How long what people delete can be restored, and how long after that its content is looked at by garbage collection. */
export interface DeletionTerms {
  /** 0: nothing goes to the trash, and what is deleted is gone in the same transaction. */
  readonly trashSeconds: number;
  readonly delay: ReviewDelay;
}
