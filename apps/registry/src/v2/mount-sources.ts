import type { BlobStore } from '@stowage/metadata';
import type { Digest, RepositoryName } from '@stowage/oci';
import type { FastifyRequest } from 'fastify';
import type { AccessReview } from '../access/access-review.js';
import { callerOf, principalOf } from '../access/caller.js';
import { mountFromOf } from '../access/route-of-request.js';

/**
 * Where a mount may take the blob from: the repository that the client names, or any that holds it, and only those
 * that the caller may pull from just now. Without a right the list is empty and the answer is 202, as for a blob that
 * is not there: a mount must not tell what other tenants have (distribution-spec, end-11).
 */
export class MountSources {
  constructor(
    private readonly blobs: BlobStore,
    private readonly review: AccessReview,
  ) {}

  async list(request: FastifyRequest, digest: Digest): Promise<RepositoryName[]> {
    const { claims } = callerOf(request);
    const isNamed = (request.query as { from?: unknown }).from !== undefined;
    const from = mountFromOf(request);
    const candidates = isNamed
      ? from
        ? [from]
        : []
      : await this.blobs.listReadableSources(digest, principalOf(request));
    return candidates.length === 0 ? [] : this.review.pullable(claims, candidates);
  }
}
