import { Controller, Delete, Get, HttpCode, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { type Page, type PageQuery, pageQuerySchema, type Tag } from '@stowage/contracts';
import { Manifests } from '@stowage/distribution';
import { TagListings } from '@stowage/metadata';
import { notFound, Public } from '@stowage/nest-kit';
import { isTagName, type TagName } from '@stowage/oci';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { parseCursor, toPage } from '../cursors.js';
import { RepositoryAccess, type RepositoryParams } from './repository-access.js';
import { toTag } from './tag-view.js';
import { locateEntry } from './trash-location.js';

type TagParams = RepositoryParams & { readonly tag: string };

@Controller('api/v1/namespaces/:namespace/repositories/:repository/tags')
export class TagController {
  constructor(
    @Inject(RepositoryAccess) private readonly access: RepositoryAccess,
    @Inject(TagListings) private readonly listings: TagListings,
    @Inject(Manifests) private readonly manifests: Manifests,
  ) {}

  @Public()
  @Get()
  async list(
    @Param() params: RepositoryParams,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<Tag>> {
    const { id } = await this.access.visible(params, callerOf(request));
    const rows = await this.listings.list(id, { last: parseCursor(query.cursor), limit: query.limit + 1 });
    return toPage(rows, query.limit, { item: toTag, key: (row) => row.name });
  }

  @Public()
  @Get(':tag')
  async get(@Param() params: TagParams, @Req() request: FastifyRequest): Promise<Tag> {
    const { id } = await this.access.visible(params, callerOf(request));
    const found = await this.listings.find(id, parseTag(params.tag));
    if (!found) throw notFound(`The tag ${params.tag.slice(0, 128)}`);
    return toTag(found);
  }

  @Delete(':tag')
  @HttpCode(204)
  async delete(
    @Param() params: TagParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const caller = callerOf(request);
    const repository = await this.access.allowed(params, caller, 'delete');
    const entryId = await this.manifests.delete(repository, { kind: 'tag', tag: parseTag(params.tag) }, caller.actor);
    locateEntry(reply, repository, entryId);
  }
}

function parseTag(text: string): TagName {
  if (!isTagName(text)) throw notFound(`The tag ${text.slice(0, 128)}`);
  return text;
}
