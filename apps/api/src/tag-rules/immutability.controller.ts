import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import {
  type Immutability,
  type ImmutabilityPreview,
  type ImmutabilityRule,
  type PageQuery,
  pageQuerySchema,
  setImmutabilitySchema,
} from '@stowage/contracts';
import { ImmutabilityStore, type StoredRules, TagNames } from '@stowage/metadata';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { parseCursor } from '../cursors.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { MAX_PREVIEWED_TAGS, previewImmutability } from './immutability-preview.js';

interface RulesBody {
  readonly rules: ImmutabilityRule[];
}

/** Which tags of a namespace stay at their digest. */
@Controller('api/v1/namespaces/:namespace/immutability-rules')
export class ImmutabilityController {
  constructor(
    @Inject(ImmutabilityStore) private readonly store: ImmutabilityStore,
    @Inject(TagNames) private readonly tags: TagNames,
    @Inject(NamespaceAccess) private readonly access: NamespaceAccess,
  ) {}

  @Get()
  async get(@Param('namespace') name: string, @Req() request: FastifyRequest): Promise<Immutability> {
    const namespace = await this.access.allowed(name, callerOf(request), 'browse');
    return toImmutability(await this.store.ofNamespace(namespace.id));
  }

  @Put()
  async set(
    @Param('namespace') name: string,
    @Body({ schema: setImmutabilitySchema }) { rules }: RulesBody,
    @Req() request: FastifyRequest,
  ): Promise<Immutability> {
    const caller = callerOf(request);
    const namespace = await this.access.allowed(name, caller, 'repository-settings');
    await this.store.setOfNamespace(namespace, rules, caller.actor);
    return toImmutability(await this.store.ofNamespace(namespace.id));
  }

  @Post('preview')
  @HttpCode(200)
  async preview(
    @Param('namespace') name: string,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @Body({ schema: setImmutabilitySchema }) { rules }: RulesBody,
    @Req() request: FastifyRequest,
  ): Promise<ImmutabilityPreview> {
    const namespace = await this.access.allowed(name, callerOf(request), 'repository-settings');
    const tags = await this.tags.ofNamespace(namespace.id, MAX_PREVIEWED_TAGS + 1);
    return previewImmutability(rules, tags, { last: parseCursor(query.cursor), limit: query.limit });
  }
}

function toImmutability({ rules, updatedAt, updatedBy }: StoredRules<ImmutabilityRule>): Immutability {
  return { rules: [...rules], updatedAt: updatedAt?.toISOString() ?? null, updatedBy };
}
