import { Controller, Delete, Get, Inject, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import { Blobs, BlobUploads, quotaWarning } from '@stowage/distribution';
import { RepositoryStore, type UploadSessionRecord } from '@stowage/metadata';
import {
  type Digest,
  digestAlgorithm,
  namespaceOf,
  OciError,
  parseDigest,
  parseDigestAlgorithm,
  type RepositoryName,
} from '@stowage/oci';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Serves } from '../access/access.guard.js';
import { callerOf, principalOf, repositoryOf } from '../access/caller.js';
import { REGISTRY_OPTIONS, type RegistryOptions } from '../registry-options.js';
import { addWarning } from '../warnings/request-warnings.js';
import { locations } from './locations.js';
import { MountSources } from './mount-sources.js';
import { uploadBodyOf } from './request-body.js';
import { pushedRepository } from './target-repository.js';

/** distribution-spec, "Pushing blobs": end-4a, end-4b, end-5, end-6, end-11, end-13, end-14. */
@Controller('v2/:name/blobs/uploads')
@Serves('upload')
export class UploadController {
  constructor(
    @Inject(BlobUploads) private readonly uploads: BlobUploads,
    @Inject(Blobs) private readonly blobs: Blobs,
    @Inject(RepositoryStore) private readonly repositories: RepositoryStore,
    @Inject(MountSources) private readonly mountSources: MountSources,
    @Inject(REGISTRY_OPTIONS) private readonly options: RegistryOptions,
  ) {}

  @Post()
  async start(
    @Query() query: { mount?: string; digest?: string; 'digest-algorithm'?: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const digest = query.digest === undefined ? undefined : parseDigest(query.digest);
    const mounted = query.mount === undefined ? undefined : parseDigest(query.mount);
    // Clients go on with the token that they have: it is for the name that they ask for, also where that is an old one.
    const name = repositoryOf(request);
    const target = { repositories: this.repositories, page: this.options.usagePage };
    const repository = await pushedRepository(target, request);
    const { actor } = callerOf(request);
    if (mounted !== undefined) {
      const sources = await this.mountSources.list(request, mounted);
      if (await this.blobs.mount(repository, mounted, { sources, actor })) {
        created(reply, name, mounted);
        return;
      }
    }
    const algorithm = digest ? digestAlgorithm(digest) : parseDigestAlgorithm(query['digest-algorithm']);
    const session = await this.uploads.start(repository, principalOf(request), algorithm);
    const namespace = namespaceOf(repository.name);
    addWarning(request, quotaWarning({ ...session.usage, namespace, page: this.options.usagePage(namespace) }));
    if (digest !== undefined) {
      await this.uploads.finish(repository, session, { digest, body: uploadBodyOf(request), actor });
      created(reply, name, digest);
      return;
    }
    const { minAppendBytes } = this.options.storage;
    // A hint for those who choose the size of their chunks (distribution-spec, "Pushing a blob in chunks").
    if (minAppendBytes !== undefined) void reply.header('oci-chunk-min-length', minAppendBytes);
    describe(reply.status(202), name, session);
    void reply.send();
  }

  @Patch(':id')
  async append(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = uploadBodyOf(request);
    const { repository, session } = await this.#open(id, request);
    const next = await this.#withLocation(repository.name, session, () =>
      this.uploads.append(repository, session, body),
    );
    describe(reply.status(202), repository.name, next);
    void reply.send();
  }

  @Put(':id')
  async finish(
    @Param('id') id: string,
    @Query('digest') digestText: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const digest = parseDigest(digestText ?? '');
    const body = uploadBodyOf(request);
    try {
      const { repository, session } = await this.#open(id, request);
      const { actor } = callerOf(request);
      await this.#withLocation(repository.name, session, () =>
        this.uploads.finish(repository, session, { digest, body, actor }),
      );
    } catch (error) {
      const isUnknown = error instanceof OciError && error.code === 'BLOB_UPLOAD_UNKNOWN' && isUploadId(id);
      if (!isUnknown || !(await this.uploads.isFinished(id, ownerOf(request), digest))) throw error;
    }
    created(reply, repositoryOf(request), digest);
  }

  @Get(':id')
  async status(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { repository, session } = await this.#open(id, request);
    describe(reply.status(204), repository.name, session);
    void reply.send();
  }

  @Delete(':id')
  async cancel(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { session } = await this.#open(id, request);
    await this.uploads.cancel(session);
    void reply.status(204).send();
  }

  async #open(id: string, request: FastifyRequest) {
    if (!isUploadId(id)) throw new OciError('BLOB_UPLOAD_UNKNOWN');
    const owner = ownerOf(request);
    const session = await this.uploads.get(id, owner);
    const repository = { id: session.repositoryId, namespaceId: session.namespaceId, name: owner.name };
    return { session, repository };
  }

  /** A refused chunk comes with where to continue: the true range and the location (spec: 416). */
  async #withLocation<T>(name: RepositoryName, session: UploadSessionRecord, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof OciError) || error.code !== 'RANGE_INVALID') throw error;
      const current = await this.uploads.get(session.id, { name, principal: session.principal });
      const headers = { Location: locations.upload(name, session.id), Range: rangeOf(current.offset) };
      throw new OciError('RANGE_INVALID', {
        message: error.message,
        detail: { offset: current.offset },
        headers,
        cause: error,
      });
    }
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isUploadId(text: string): boolean {
  return UUID.test(text);
}

function ownerOf(request: FastifyRequest) {
  return { name: repositoryOf(request), principal: principalOf(request) };
}

/** Both ends inclusive, without a unit; nothing received yet is `0-0`, as everybody writes it. */
function rangeOf(offset: number): string {
  return `0-${Math.max(0, offset - 1)}`;
}

function describe(reply: FastifyReply, name: RepositoryName, session: UploadSessionRecord): void {
  void reply.headers({
    location: locations.upload(name, session.id),
    range: rangeOf(session.offset),
    'docker-upload-uuid': session.id,
  });
}

function created(reply: FastifyReply, name: RepositoryName, digest: Digest): void {
  void reply
    .status(201)
    .headers({ location: locations.blob(name, digest), 'docker-content-digest': digest })
    .send();
}
