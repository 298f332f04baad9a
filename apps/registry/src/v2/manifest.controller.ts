import { Controller, Delete, Get, Head, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { Manifests, quotaWarning } from '@stowage/distribution';
import { PullLog, RepositoryStore } from '@stowage/metadata';
import {
  type Digest,
  formatEntityTag,
  MAX_MANIFEST_BYTES,
  matchesEntityTag,
  namespaceOf,
  parseReference,
  type Reference,
} from '@stowage/oci';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Serves } from '../access/access.guard.js';
import { callerOf, mayPush, repositoryOf } from '../access/caller.js';
import { REGISTRY_OPTIONS, type RegistryOptions } from '../registry-options.js';
import { addWarning } from '../warnings/request-warnings.js';
import { locations } from './locations.js';
import { expectationOf, tagsOf } from './manifest-conditions.js';
import { readBody } from './request-body.js';
import { existingRepository } from './target-repository.js';

/** distribution-spec, end-3, end-7a and end-9. */
@Controller('v2/:name/manifests/:reference')
@Serves('manifest')
export class ManifestController {
  constructor(
    @Inject(Manifests) private readonly manifests: Manifests,
    @Inject(RepositoryStore) private readonly repositories: RepositoryStore,
    @Inject(PullLog) private readonly pulls: PullLog,
    @Inject(REGISTRY_OPTIONS) private readonly options: RegistryOptions,
  ) {}

  @Get()
  async get(
    @Param('reference') text: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const reference = parseReference(text);
    const name = repositoryOf(request);
    const { digest, mediaType, payload } = await this.manifests.get(name, reference);
    this.pulls.note(name, digest);
    if (matchesEntityTag(request.headers['if-none-match'], digest)) {
      void describe(reply, { digest, reference }).status(304).send();
      return;
    }
    void describe(reply, { digest, reference }).header('content-type', mediaType).send(payload);
  }

  @Head()
  async head(
    @Param('reference') text: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const reference = parseReference(text);
    const name = repositoryOf(request);
    const found = mayPush(request) ? this.manifests.headForPush(name, reference) : this.manifests.head(name, reference);
    const { digest, mediaType, size } = await found;
    void describe(reply, { digest, reference })
      .status(matchesEntityTag(request.headers['if-none-match'], digest) ? 304 : 200)
      .headers({ 'content-type': mediaType, 'content-length': size })
      .send();
  }

  @Put()
  async put(
    @Param('reference') text: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const reference = parseReference(text);
    const tags = tagsOf(request, reference);
    const expected = expectationOf(request);
    const bytes = await readBody(request, MAX_MANIFEST_BYTES);
    const { actor } = callerOf(request);
    const name = repositoryOf(request);
    const contentType = request.headers['content-type']?.split(';')[0]?.trim() ?? '';
    const { digest, subject, usage } = await this.manifests.put(name, {
      reference,
      contentType,
      bytes,
      tags,
      expected,
      actor,
    });
    const namespace = namespaceOf(name);
    addWarning(request, quotaWarning({ ...usage, namespace, page: this.options.usagePage(namespace) }));
    if (subject !== undefined) void reply.header('oci-subject', subject);
    if (reference.kind === 'digest' && tags.length > 0) void reply.header('oci-tag', tags);
    void reply
      .status(201)
      .headers({ location: locations.manifest(name, digest), 'docker-content-digest': digest })
      .send();
  }

  @Delete()
  async delete(
    @Param('reference') text: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const reference = parseReference(text);
    const repository = await existingRepository(this.repositories, request);
    await this.manifests.delete(repository, reference, callerOf(request).actor);
    void reply.status(202).send();
  }
}

/** What a digest names never changes; what a tag names has to be asked for again. */
function describe(reply: FastifyReply, what: { readonly digest: Digest; readonly reference: Reference }): FastifyReply {
  return reply.headers({
    'docker-content-digest': what.digest,
    etag: formatEntityTag(what.digest),
    'cache-control': what.reference.kind === 'digest' ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    'x-content-type-options': 'nosniff',
  });
}
