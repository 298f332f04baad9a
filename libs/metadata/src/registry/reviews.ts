import type { Digest } from '@stowage/oci';
import type { Statements } from '../statements.js';

/** How long after the change garbage collection looks at it; a push has to be finished by then. */
export interface ReviewDelay {
  readonly seconds: number;
}

export interface Review {
  /** What has happened, for whoever reads the queue. */
  readonly event: string;
  readonly delay: ReviewDelay;
}

/** Blobs or manifests of one repository. */
export interface Reviewed {
  readonly repositoryId: string;
  readonly digests: readonly Digest[];
}

/**
 * Queues blobs of a repository that may have no manifest which needs them. A conflict postpones and never does nothing:
 * what is uploaded again just now needs its full delay. The time of a row that a collector has claimed changes always, also
 * when the claim would last longer: by that the collector finds that the row is not its own any more. Digests are sorted,
 * so that two changes can't deadlock.
 */
export async function reviewLinks(tx: Statements, subject: Reviewed, { event, delay }: Review): Promise<void> {
  if (subject.digests.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO link_review AS r (repository_id, digest, review_after, event)
    SELECT ${subject.repositoryId}::uuid, digest, now() + make_interval(secs => ${delay.seconds}), ${event}
    FROM unnest(${[...new Set(subject.digests)]}::text[]) AS d (digest) ORDER BY digest COLLATE "C"
    ON CONFLICT (repository_id, digest) DO UPDATE
      SET review_after = CASE r.review_count
            WHEN 0 THEN greatest(r.review_after, excluded.review_after) ELSE excluded.review_after END,
          event = excluded.event, review_count = 0`;
}

/** The same for manifests that may have no tag, no index and no subject. */
export async function reviewManifests(tx: Statements, subject: Reviewed, { event, delay }: Review): Promise<void> {
  if (subject.digests.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO manifest_review AS r (repository_id, digest, review_after, event)
    SELECT ${subject.repositoryId}::uuid, digest, now() + make_interval(secs => ${delay.seconds}), ${event}
    FROM unnest(${[...new Set(subject.digests)]}::text[]) AS d (digest) ORDER BY digest COLLATE "C"
    ON CONFLICT (repository_id, digest) DO UPDATE
      SET review_after = CASE r.review_count
            WHEN 0 THEN greatest(r.review_after, excluded.review_after) ELSE excluded.review_after END,
          event = excluded.event, review_count = 0`;
}
