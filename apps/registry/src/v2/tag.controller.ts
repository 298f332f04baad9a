import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { RepositoryStore, TagStore } from '@stowage/metadata';
import { OciError } from '@stowage/oci';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Serves } from '../access/access.guard.js';
import { existingRepository } from './target-repository.js';

const DEFAULT_PAGE = 100;
const MAX_PAGE = 1000;

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
    const limit = parsePageSize(query.n);
    const last = typeof query.last === 'string' ? query.last.slice(0, 128) : '';
    const { name } = await existingRepository(this.repositories, request);
    const found = limit === 0 ? [] : await this.tags.list(name, { last, limit: limit + 1 });
    const tags = found.slice(0, limit);
    if (found.length > limit && limit > 0) {
      const next = new URLSearchParams({ last: tags.at(-1) ?? '', n: String(limit) });
      void reply.header('link', `</v2/${name}/tags/list?${next.toString()}>; rel="next"`);
    }
    void reply.header('content-type', 'application/json').send(JSON.stringify({ name, tags }));
  }
}

/** Too large is clamped, anything but a number of results is refused. */
function parsePageSize(text: unknown): number {
  if (text === undefined) return DEFAULT_PAGE;
  if (typeof text !== 'string' || !/^\d{1,19}$/.test(text)) throw new OciError('PAGINATION_NUMBER_INVALID');
  return Math.min(Number(text), MAX_PAGE);
}
