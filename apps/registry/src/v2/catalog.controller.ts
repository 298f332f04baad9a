import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { CatalogStore } from '@stowage/metadata';
import { formatNextLink } from '@stowage/oci';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Serves } from '../access/access.guard.js';
import { AccessReview } from '../access/access-review.js';
import { callerOf, principalOf } from '../access/caller.js';
import { parsePageQuery } from './page-query.js';

/** `GET /v2/_catalog`: not in the specification any more, but clients ask. Lists what the caller may pull, nothing else. */
@Controller('v2/_catalog')
@Serves('catalog')
export class CatalogController {
  constructor(
    @Inject(CatalogStore) private readonly catalog: CatalogStore,
    @Inject(AccessReview) private readonly review: AccessReview,
  ) {}

  @Get()
  async list(
    @Query() query: { n?: unknown; last?: unknown },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { limit, last } = parsePageQuery(query);
    const { claims } = callerOf(request);
    const found = limit === 0 ? [] : await this.catalog.list(principalOf(request), { last, limit: limit + 1 });
    const page = found.slice(0, limit);
    if (found.length > limit && limit > 0) {
      void reply.header('link', formatNextLink('/v2/_catalog', { last: page.at(-1) ?? '', n: String(limit) }));
    }
    // The limits of the credential count as well: a page may be shorter than it could be, and even empty.
    const repositories = await this.review.pullable(claims, page);
    void reply.header('content-type', 'application/json').send(JSON.stringify({ repositories }));
  }
}
