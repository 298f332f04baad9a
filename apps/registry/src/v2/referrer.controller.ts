import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { Referrers } from '@stowage/distribution';
import { formatNextLink, MEDIA_TYPES, parseDigest } from '@stowage/oci';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Serves } from '../access/access.guard.js';
import { repositoryOf } from '../access/caller.js';
import { parsePageQuery } from './page-query.js';

/** distribution-spec, "Listing Referrers" (end-12a, end-12b). */
@Controller('v2/:name/referrers/:digest')
@Serves('referrers')
export class ReferrerController {
  constructor(@Inject(Referrers) private readonly referrers: Referrers) {}

  @Get()
  async list(
    @Param('digest') text: string,
    @Query() query: { n?: unknown; last?: unknown; artifactType?: unknown },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const subject = parseDigest(text);
    const name = repositoryOf(request);
    const { limit, last } = parsePageQuery(query);
    const artifactType = typeof query.artifactType === 'string' ? query.artifactType.slice(0, 255) : undefined;
    const { body, next } = await this.referrers.list(name, { subject, artifactType, last, limit: Math.max(1, limit) });
    if (artifactType !== undefined) void reply.header('oci-filters-applied', 'artifactType');
    if (next !== undefined) {
      const filter = artifactType === undefined ? {} : { artifactType };
      void reply.header(
        'link',
        formatNextLink(`/v2/${name}/referrers/${subject}`, { ...filter, last: next, n: String(limit) }),
      );
    }
    void reply.header('content-type', MEDIA_TYPES.ociIndex).send(Buffer.from(body));
  }
}
