import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { CatalogStore } from '@stowage/metadata';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Serves } from '../access/access.guard.js';
import { callerOf } from '../access/caller.js';
import { nextLink, parsePageQuery } from './page-query.js';

/** `GET /v2/_catalog`: not in the specification any more, but clients ask. Lists what the caller may pull, nothing else. */
@Controller('v2/_catalog')
@Serves('catalog')
export class CatalogController {
  constructor(@Inject(CatalogStore) private readonly catalog: CatalogStore) {}

  @Get()
  async list(
    @Query() query: { n?: unknown; last?: unknown },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { limit, last } = parsePageQuery(query);
    const userId = callerOf(request).claims.subject;
    const found = limit === 0 ? [] : await this.catalog.list(userId, { last, limit: limit + 1 });
    const repositories = found.slice(0, limit);
    if (found.length > limit && limit > 0) {
      void reply.header('link', nextLink('/v2/_catalog', { last: repositories.at(-1) ?? '', n: String(limit) }));
    }
    void reply.header('content-type', 'application/json').send(JSON.stringify({ repositories }));
  }
}
