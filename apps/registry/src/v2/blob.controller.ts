import { Controller, Delete, Get, Head, Inject, Param, Req, Res } from '@nestjs/common';
import { Blobs } from '@stowage/distribution';
import { type BlobRecord, RepositoryStore } from '@stowage/metadata';
import { allowsRange, formatEntityTag, matchesEntityTag, parseDigest, resolveRange } from '@stowage/oci';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Serves } from '../access/access.guard.js';
import { callerOf, mayPush, repositoryOf } from '../access/caller.js';
import { REGISTRY_OPTIONS, type RegistryOptions } from '../registry-options.js';
import { sendBlob } from './send-blob.js';
import { existingRepository } from './target-repository.js';

/** distribution-spec, end-2 and end-10. */
@Controller('v2/:name/blobs/:digest')
@Serves('blob')
export class BlobController {
  constructor(
    @Inject(Blobs) private readonly blobs: Blobs,
    @Inject(RepositoryStore) private readonly repositories: RepositoryStore,
    @Inject(REGISTRY_OPTIONS) private readonly options: RegistryOptions,
  ) {}

  @Get()
  async get(@Param('digest') text: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const blob = await this.blobs.get(repositoryOf(request), parseDigest(text));
    const { range: rangeText, 'if-range': ifRange, 'if-none-match': noneMatch } = request.headers;
    if (matchesEntityTag(noneMatch, blob.digest)) {
      void reply.status(304).headers(headersOf(blob)).send();
      return;
    }
    const range = allowsRange(ifRange?.toString(), blob.digest) ? resolveRange(rangeText, blob.size) : undefined;
    // A range that only we understand is served by us: services differ on those, and compare If-Range with tags of their own.
    const isPlain = rangeText === undefined || (range !== undefined && ifRange === undefined);
    const url = this.options.redirectDownloads && isPlain ? await this.blobs.directUrl(blob) : undefined;
    if (url) {
      void reply.status(307).headers({ location: url.href, 'cache-control': 'no-store' }).send();
      return;
    }
    await sendBlob(this.blobs, reply, { blob, range, headers: headersOf(blob) });
  }

  @Head()
  async head(@Param('digest') text: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [name, digest] = [repositoryOf(request), parseDigest(text)];
    const blob = await (mayPush(request) ? this.blobs.getForPush(name, digest) : this.blobs.get(name, digest));
    void reply
      .status(matchesEntityTag(request.headers['if-none-match'], digest) ? 304 : 200)
      .headers({ ...headersOf(blob), 'content-length': blob.size })
      .send();
  }

  @Delete()
  async delete(
    @Param('digest') text: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const digest = parseDigest(text);
    const repository = await existingRepository(this.repositories, request);
    await this.blobs.delete(repository, digest, callerOf(request).actor);
    void reply.status(202).send();
  }
}

/** Blobs are other people's bytes on our origin: a browser must neither guess a type nor run them. */
function headersOf(blob: BlobRecord): Record<string, string> {
  return {
    'content-type': 'application/octet-stream',
    'docker-content-digest': blob.digest,
    etag: formatEntityTag(blob.digest),
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-disposition': 'attachment',
    'content-security-policy': 'sandbox',
  };
}
