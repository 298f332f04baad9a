import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { RepositoryStore, TagStore } from '@stowage/metadata';
import { formatNextLink } from '@stowage/oci';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Serves } from '../access/access.guard.js';
import { repositoryOf } from '../access/caller.js';
import { parsePageQuery } from './page-query.js';
import { existingRepository } from './target-repository.js';

/** distribution-spec, "Listing Tags" (end-8a, end-8b). */
@Controller('v2/:name/tags/list')
@Serves('tags')
export class TagController {
  constructor(
    @Inject(TagStore) private readonly tags: TagStore,
    @Inject(RepositoryStore) private readonly repositories: RepositoryStore,
  ) {}

  @Get()
  async list(
    @Query() query: { n?: unknown; last?: unknown },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { limit, last } = parsePageQuery(query);
    await existingRepository(this.repositories, request);
    const name = repositoryOf(request);
    const found = limit === 0 ? [] : await this.tags.list(name, { last, limit: limit + 1 });
    const tags = found.slice(0, limit);
    if (found.length > limit && limit > 0) {
      void reply.header('link', formatNextLink(`/v2/${name}/tags/list`, { last: tags.at(-1) ?? '', n: String(limit) }));
    }
    void reply.header('content-type', 'application/json').send(JSON.stringify({ name, tags }));
  }
}
