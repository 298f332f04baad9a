import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import {
  type Page,
  type PageQuery,
  pageQuerySchema,
  type RestoreTag,
  restoreTagSchema,
  type Tag,
  type TagEvent,
} from '@stowage/contracts';
import { type TagEventRecord, TagHistory, TagListings } from '@stowage/metadata';
import { fieldProblem, notFound, ProblemError, Public } from '@stowage/nest-kit';
import { isDigest, isTagName, type TagName } from '@stowage/oci';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { foreignCursor, parseCursor, toPage } from '../cursors.js';
import { RepositoryAccess, type RepositoryParams } from '../repositories/repository-access.js';
import { toTag } from '../repositories/tag-view.js';

type TagParams = RepositoryParams & { readonly tag: string };

/** What a tag was before, and the way back to it. */
@Controller('api/v1/namespaces/:namespace/repositories/:repository/tags/:tag')
export class TagHistoryController {
  constructor(
    @Inject(RepositoryAccess) private readonly access: RepositoryAccess,
    @Inject(TagHistory) private readonly history: TagHistory,
    @Inject(TagListings) private readonly listings: TagListings,
  ) {}

  @Public()
  @Get('history')
  async list(
    @Param() params: TagParams,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<TagEvent>> {
    const { id } = await this.access.visible(params, callerOf(request));
    const before = parseCursor(query.cursor) || null;
    if (before !== null && !/^\d{1,18}$/.test(before)) throw foreignCursor();
    const rows = await this.history.list(id, parseTag(params.tag), { before, limit: query.limit + 1 });
    if (rows.length === 0 && before === null) throw notFound(`The tag ${params.tag.slice(0, 128)}`);
    return toPage(rows, query.limit, { item: toTagEvent, key: (row) => row.id });
  }

  @Post('restore')
  @HttpCode(200)
  async restore(
    @Param() params: TagParams,
    @Body({ schema: restoreTagSchema }) { digest }: RestoreTag,
    @Req() request: FastifyRequest,
  ): Promise<Tag> {
    const caller = callerOf(request);
    const repository = await this.access.allowed(params, caller, 'delete');
    const tag = parseTag(params.tag);
    if (!isDigest(digest)) throw fieldProblem(400, { field: 'digest', message: 'not a digest' });
    const outcome = await this.history.restore({ repository, tag, digest }, caller.actor);
    if (outcome === 'unknown tag') throw notFound(`The tag ${tag}`);
    if (outcome === 'never there')
      throw new ProblemError(409, `${tag} has never pointed at ${digest}. Push the image under the tag instead.`);
    if (outcome === 'gone')
      throw new ProblemError(
        409,
        `The image ${digest} is gone or in the trash. Restore it from there, or push it again.`,
      );
    const found = await this.listings.find(repository.id, tag);
    if (!found) throw notFound(`The tag ${tag}`);
    return toTag(found);
  }
}

function parseTag(text: string): TagName {
  if (!isTagName(text)) throw notFound(`The tag ${text.slice(0, 128)}`);
  return text;
}

function toTagEvent({ id, digest, previousDigest, actor, at, isThere, keptUntil }: TagEventRecord): TagEvent {
  const kind = digest === null ? 'deleted' : previousDigest === null ? 'created' : 'moved';
  return {
    id,
    kind,
    digest,
    previousDigest,
    by: actor,
    at: at.toISOString(),
    restorable: isThere,
    keptUntil: isThere ? (keptUntil?.toISOString() ?? null) : null,
  };
}
