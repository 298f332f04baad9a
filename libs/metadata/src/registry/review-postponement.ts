import type { Digest, RepositoryName } from '@stowage/oci';
import type { Database } from '../database.js';
import { namedRepository } from '../tenancy/name-sql.js';
import type { ReviewDelay } from './reviews.js';

/**
 * What a client that pushes is told is there, it does not send again: it has to stay until the push can be over. Takes the
 * row's lock and none else, and only when less than half of the delay is left or a collector has claimed it, so that
 * asking often costs nothing.
 * Ask first and look afterwards: what was collected meanwhile is then seen to be gone.
 */
async function postpone(
  database: Database,
  queue: 'link_review' | 'manifest_review',
  { name, digest, delay }: { readonly name: RepositoryName; readonly digest: Digest; readonly delay: ReviewDelay },
): Promise<void> {
  await database.prepared(
    `postpone_${queue}`,
    `UPDATE ${queue} v SET review_after = now() + make_interval(secs => $3), review_count = 0
     WHERE v.repository_id = ${namedRepository('$1')} AND v.digest = $2
       AND (v.review_after < now() + make_interval(secs => $3 / 2.0) OR v.review_count > 0)`,
    [name, digest, delay.seconds],
  );
}

/** Keeps what a repository has for the delay, counted from now. */
export class ReviewPostponement {
  constructor(
    private readonly database: Database,
    private readonly delay: ReviewDelay,
  ) {}

  blob(name: RepositoryName, digest: Digest): Promise<void> {
    return postpone(this.database, 'link_review', { name, digest, delay: this.delay });
  }

  manifest(name: RepositoryName, digest: Digest): Promise<void> {
    return postpone(this.database, 'manifest_review', { name, digest, delay: this.delay });
  }
}
