import { Controller, Delete, Get, HttpCode, Inject, Param, Req, Res } from '@nestjs/common';
import type { ManifestView } from '@stowage/contracts';
import { Blobs, Manifests } from '@stowage/distribution';
import { ManifestListings } from '@stowage/metadata';
import { notFound, Public } from '@stowage/nest-kit';
import {
  type Digest,
  type ImageConfig,
  isDigest,
  type Manifest,
  OciError,
  parseImageConfig,
  type RepositoryName,
} from '@stowage/oci';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { toManifestView } from './manifest-view.js';
import { RepositoryAccess, type RepositoryParams } from './repository-access.js';
import { readStored } from './stored-manifest.js';
import { locateEntry } from './trash-location.js';

/** Larger configs are shown without their content. */
const MAX_CONFIG_BYTES = 4 * 1024 * 1024;

type ManifestParams = RepositoryParams & { readonly digest: string };

@Controller('api/v1/namespaces/:namespace/repositories/:repository/manifests')
export class ManifestController {
  constructor(
    @Inject(RepositoryAccess) private readonly access: RepositoryAccess,
    @Inject(ManifestListings) private readonly listings: ManifestListings,
    @Inject(Manifests) private readonly manifests: Manifests,
    @Inject(Blobs) private readonly blobs: Blobs,
  ) {}

  @Public()
  @Get(':digest')
  async get(@Param() params: ManifestParams, @Req() request: FastifyRequest): Promise<ManifestView> {
    const repository = await this.access.visible(params, callerOf(request));
    const row = await this.listings.find(repository.id, parse(params.digest));
    if (!row) throw notFound(`The manifest ${params.digest.slice(0, 80)}`);
    const manifest = readStored(row);
    const digests = manifest.kind === 'index' ? manifest.manifests.map(({ digest }) => digest) : [];
    const children = digests.length > 0 ? await this.listings.listByDigest(repository.id, digests) : [];
    const childSizes = new Map(children.map(({ digest, sizeBytes }) => [digest as string, sizeBytes]));
    return toManifestView({ row, manifest, config: await this.#config(repository.name, manifest), childSizes });
  }

  @Delete(':digest')
  @HttpCode(204)
  async delete(
    @Param() params: ManifestParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const caller = callerOf(request);
    const repository = await this.access.allowed(params, caller, 'delete');
    const digest = parse(params.digest);
    const entryId = await this.manifests.delete(repository, { kind: 'digest', digest }, caller.actor);
    locateEntry(reply, repository, entryId);
  }

  async #config(name: RepositoryName, manifest: Manifest): Promise<ImageConfig | undefined> {
    if (manifest.kind !== 'image') return undefined;
    try {
      const bytes = await this.blobs.readSmall(name, manifest.config.digest, MAX_CONFIG_BYTES);
      return bytes && parseImageConfig(bytes);
    } catch (error) {
      if (error instanceof OciError && error.code === 'BLOB_UNKNOWN') return undefined;
      throw error;
    }
  }
}

function parse(text: string): Digest {
  if (!isDigest(text)) throw notFound(`The manifest ${text.slice(0, 80)}`);
  return text;
}
