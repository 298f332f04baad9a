import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import {
  type ImmutabilityPreview,
  type PageQuery,
  pageQuerySchema,
  type RepositoryImmutability,
  setRepositoryImmutabilitySchema,
  type TagSelector,
} from '@stowage/contracts';
import { ImmutabilityStore, TagNames, type VisibleRepository } from '@stowage/metadata';
import { Public } from '@stowage/nest-kit';
import { rulesAbout } from '@stowage/retention';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { parseCursor } from '../cursors.js';
import { RepositoryAccess, type RepositoryParams } from '../repositories/repository-access.js';
import { MAX_PREVIEWED_TAGS, previewImmutability } from './immutability-preview.js';

interface RulesBody {
  readonly rules: TagSelector[] | null;
}

/** Which tags of a repository stay at their digest: by its own rules, or else by those of its namespace. */
@Controller('api/v1/namespaces/:namespace/repositories/:repository/immutability-rules')
export class RepositoryImmutabilityController {
  constructor(
    @Inject(ImmutabilityStore) private readonly store: ImmutabilityStore,
    @Inject(TagNames) private readonly tags: TagNames,
    @Inject(RepositoryAccess) private readonly access: RepositoryAccess,
  ) {}

  @Public()
  @Get()
  async get(@Param() params: RepositoryParams, @Req() request: FastifyRequest): Promise<RepositoryImmutability> {
    return this.#inForce(await this.access.visible(params, callerOf(request)));
  }

  @Put()
  async set(
    @Param() params: RepositoryParams,
    @Body({ schema: setRepositoryImmutabilitySchema }) { rules }: RulesBody,
    @Req() request: FastifyRequest,
  ): Promise<RepositoryImmutability> {
    const caller = callerOf(request);
    const repository = await this.access.allowed(params, caller, 'repository-settings');
    await this.store.setOfRepository(repository, rules, caller.actor);
    return this.#inForce(repository);
  }

  @Post('preview')
  @HttpCode(200)
  async preview(
    @Param() params: RepositoryParams,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @Body({ schema: setRepositoryImmutabilitySchema }) { rules }: RulesBody,
    @Req() request: FastifyRequest,
  ): Promise<ImmutabilityPreview> {
    const repository = await this.access.allowed(params, callerOf(request), 'repository-settings');
    const tried = rules ?? (await this.#inherited(repository)).rules;
    const tags = await this.tags.ofRepository(repository.id, MAX_PREVIEWED_TAGS + 1);
    const everywhere = tried.map((rule) => ({ ...rule, repositories: ['**'] }));
    return previewImmutability(everywhere, tags, { last: parseCursor(query.cursor), limit: query.limit });
  }

  async #inForce(repository: VisibleRepository): Promise<RepositoryImmutability> {
    const own = await this.store.ofRepository(repository.id);
    const { rules, updatedAt, updatedBy } = own ?? (await this.#inherited(repository));
    return {
      rules: [...rules],
      inherited: own === undefined,
      updatedAt: updatedAt?.toISOString() ?? null,
      updatedBy,
    };
  }

  /** Without the patterns of repositories: they may name some that the caller does not see. */
  async #inherited({ namespaceId, path }: VisibleRepository) {
    const stored = await this.store.ofNamespace(namespaceId);
    const rules = rulesAbout(path, stored.rules).map(({ tags, except }) => ({ tags, except }));
    return { ...stored, rules };
  }
}
