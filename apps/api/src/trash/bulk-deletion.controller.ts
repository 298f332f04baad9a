import { Body, Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { type BulkFilter, bulkFilterSchema, type BulkPreview, type StartedRun } from '@stowage/contracts';
import { BulkRuns, BulkSelection, DeletionPreviews, type VisibleRepository } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { Digest } from '@stowage/oci';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { RepositoryAccess, type RepositoryParams } from '../repositories/repository-access.js';
import { toDeletePreview } from './trash-view.js';

/** A preview looks at so many tags and images. */
const MAX_PREVIEWED = 5_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Deleting much at once, by a filter; and undoing all of it. */
@Controller('api/v1/namespaces/:namespace')
export class BulkDeletionController {
  constructor(
    @Inject(RepositoryAccess) private readonly repositories: RepositoryAccess,
    @Inject(NamespaceAccess) private readonly namespaces: NamespaceAccess,
    @Inject(BulkSelection) private readonly selection: BulkSelection,
    @Inject(DeletionPreviews) private readonly previews: DeletionPreviews,
    @Inject(BulkRuns) private readonly runs: BulkRuns,
  ) {}

  @Post('repositories/:repository/bulk-deletion/preview')
  @HttpCode(200)
  async preview(
    @Param() params: RepositoryParams,
    @Body({ schema: bulkFilterSchema }) filter: BulkFilter,
    @Req() request: FastifyRequest,
  ): Promise<BulkPreview> {
    const repository = await this.repositories.allowed(params, callerOf(request), 'delete');
    const { tags, kept, manifests, isComplete } = await this.#select(repository, filter);
    const preview = await this.previews.ofMany({ repositoryId: repository.id, manifests, tags });
    return { ...toDeletePreview(preview), keptTags: kept, isComplete };
  }

  @Post('repositories/:repository/bulk-deletion')
  @HttpCode(202)
  async start(
    @Param() params: RepositoryParams,
    @Body({ schema: bulkFilterSchema }) filter: BulkFilter,
    @Req() request: FastifyRequest,
  ): Promise<StartedRun> {
    const caller = callerOf(request);
    const repository = await this.repositories.allowed(params, caller, 'delete');
    return this.runs.delete(repository, filter, caller.actor);
  }

  @Post('trash/runs/:id/restore')
  @HttpCode(202)
  async restore(
    @Param() params: { readonly namespace: string; readonly id: string },
    @Req() request: FastifyRequest,
  ): Promise<StartedRun> {
    const caller = callerOf(request);
    const namespace = await this.namespaces.allowed(params.namespace, caller, 'delete');
    const started = UUID.test(params.id) ? await this.runs.restore(namespace, params.id, caller.actor) : undefined;
    if (!started) throw notFound('In the trash, what this run has deleted');
    return started;
  }

  async #select(repository: VisibleRepository, filter: BulkFilter) {
    const tags: string[] = [];
    const manifests: Digest[] = [];
    let kept = 0;
    let next: string | null = '';
    while (next !== null && tags.length < MAX_PREVIEWED) {
      const part = await this.selection.tags(repository, filter, next);
      tags.push(...part.items.map(({ name }) => name));
      kept += part.kept.length;
      next = part.next;
    }
    let nextDigest: string | null = '';
    while (nextDigest !== null && manifests.length < MAX_PREVIEWED) {
      const part = await this.selection.untagged(repository, filter, nextDigest);
      manifests.push(...part.items);
      nextDigest = part.next;
    }
    return { tags, manifests, kept, isComplete: next === null && nextDigest === null };
  }
}
