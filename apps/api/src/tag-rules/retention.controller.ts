import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import {
  type Retention,
  type RetentionPreview,
  type RetentionPreviewQuery,
  retentionPreviewQuerySchema,
  type SetRetention,
  setRetentionSchema,
  type StartedRun,
} from '@stowage/contracts';
import { type NamespaceRecord, RetainedRepositories, type RetentionScope } from '@stowage/metadata';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { checkPolicy, RetentionPolicies, toRetention } from './retention-policies.js';
import { RetentionPreviews } from './retention-preview.js';

const NOTHING = { rules: [], guards: { latest: true, inIndex: true, pulledWithinDays: null }, schedule: null };

/** Which tags of a namespace are kept. */
@Controller('api/v1/namespaces/:namespace/retention-policy')
export class RetentionController {
  constructor(
    @Inject(RetentionPolicies) private readonly policies: RetentionPolicies,
    @Inject(RetentionPreviews) private readonly previews: RetentionPreviews,
    @Inject(RetainedRepositories) private readonly repositories: RetainedRepositories,
    @Inject(NamespaceAccess) private readonly access: NamespaceAccess,
  ) {}

  @Get()
  async get(@Param('namespace') name: string, @Req() request: FastifyRequest): Promise<Retention> {
    const namespace = await this.access.allowed(name, callerOf(request), 'browse');
    return toRetention(await this.policies.find(scopeOf(namespace)), false);
  }

  @Put()
  async set(
    @Param('namespace') name: string,
    @Body({ schema: setRetentionSchema }) { policy }: SetRetention,
    @Req() request: FastifyRequest,
  ): Promise<Retention> {
    const caller = callerOf(request);
    const scope = scopeOf(await this.access.allowed(name, caller, 'repository-settings'));
    await this.policies.set(scope, policy, caller.actor);
    return toRetention(await this.policies.find(scope), false);
  }

  @Post('preview')
  @HttpCode(200)
  async preview(
    @Param('namespace') name: string,
    @Query({ schema: retentionPreviewQuerySchema }) query: RetentionPreviewQuery,
    @Body({ schema: setRetentionSchema }) { policy }: SetRetention,
    @Req() request: FastifyRequest,
  ): Promise<RetentionPreview> {
    const namespace = await this.access.allowed(name, callerOf(request), 'repository-settings');
    if (policy) checkPolicy(policy);
    return this.previews.preview(policy ?? NOTHING, this.repositories.allInheriting(namespace.id), query);
  }

  @Post('runs')
  @HttpCode(202)
  async run(@Param('namespace') name: string, @Req() request: FastifyRequest): Promise<StartedRun> {
    const caller = callerOf(request);
    const namespace = await this.access.allowed(name, caller, 'repository-settings');
    return this.policies.startNow(scopeOf(namespace), caller.user?.id ?? null);
  }
}

function scopeOf({ id, name }: NamespaceRecord): RetentionScope {
  return { kind: 'namespace', id, namespaceId: id, name };
}
