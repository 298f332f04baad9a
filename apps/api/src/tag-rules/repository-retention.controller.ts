import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import {
  type Retention,
  type RetentionPolicy,
  type RetentionPreview,
  type RetentionPreviewQuery,
  retentionPreviewQuerySchema,
  type SetRetention,
  setRetentionSchema,
  type StartedRun,
} from '@stowage/contracts';
import type { RepositoryRecord, RetentionScope, VisibleRepository } from '@stowage/metadata';
import { rulesAbout } from '@stowage/retention';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { RepositoryAccess, type RepositoryParams } from '../repositories/repository-access.js';
import { checkPolicy, RetentionPolicies, toRetention } from './retention-policies.js';
import { RetentionPreviews } from './retention-preview.js';

/** Which tags of a repository are kept: by its own policy, or else by that of its namespace. */
@Controller('api/v1/namespaces/:namespace/repositories/:repository/retention-policy')
export class RepositoryRetentionController {
  constructor(
    @Inject(RetentionPolicies) private readonly policies: RetentionPolicies,
    @Inject(RetentionPreviews) private readonly previews: RetentionPreviews,
    @Inject(RepositoryAccess) private readonly access: RepositoryAccess,
  ) {}

  @Get()
  async get(@Param() params: RepositoryParams, @Req() request: FastifyRequest): Promise<Retention> {
    return this.#inForce(await this.access.allowed(params, callerOf(request), 'push'));
  }

  @Put()
  async set(
    @Param() params: RepositoryParams,
    @Body({ schema: setRetentionSchema }) { policy }: SetRetention,
    @Req() request: FastifyRequest,
  ): Promise<Retention> {
    const caller = callerOf(request);
    const repository = await this.access.allowed(params, caller, 'repository-settings');
    await this.policies.set(scopeOf(repository), policy && ofThisRepository(policy), caller.actor);
    return this.#inForce(repository);
  }

  @Post('preview')
  @HttpCode(200)
  async preview(
    @Param() params: RepositoryParams,
    @Query({ schema: retentionPreviewQuerySchema }) query: RetentionPreviewQuery,
    @Body({ schema: setRetentionSchema }) { policy }: SetRetention,
    @Req() request: FastifyRequest,
  ): Promise<RetentionPreview> {
    const repository = await this.access.allowed(params, callerOf(request), 'repository-settings');
    if (policy) checkPolicy(policy);
    const tried = policy ?? (await this.#inherited(repository)).policy ?? nothing();
    return this.previews.preview(ofThisRepository(tried), one(repository), query);
  }

  @Post('runs')
  @HttpCode(202)
  async run(@Param() params: RepositoryParams, @Req() request: FastifyRequest): Promise<StartedRun> {
    const caller = callerOf(request);
    const repository = await this.access.allowed(params, caller, 'repository-settings');
    return this.policies.startNow(scopeOf(repository), caller.user?.id ?? null);
  }

  async #inForce(repository: VisibleRepository): Promise<Retention> {
    const own = await this.policies.find(scopeOf(repository));
    return own ? toRetention(own, false) : this.#inherited(repository);
  }

  /** Without the patterns of repositories: they may name some that the caller does not see. */
  async #inherited({ namespaceId, path }: VisibleRepository): Promise<Retention> {
    const retention = toRetention(await this.policies.find({ kind: 'namespace', id: namespaceId }), true);
    const { policy } = retention;
    return { ...retention, policy: policy && ofThisRepository({ ...policy, rules: rulesAbout(path, policy.rules) }) };
  }
}

function ofThisRepository(policy: RetentionPolicy): RetentionPolicy {
  return { ...policy, rules: policy.rules.map((rule) => ({ ...rule, repositories: ['**'] })) };
}

function nothing(): RetentionPolicy {
  return { rules: [], guards: { latest: true, inIndex: true, pulledWithinDays: null }, schedule: null };
}

async function* one({ id, namespaceId, name }: VisibleRepository): AsyncGenerator<RepositoryRecord> {
  yield { id, namespaceId, name };
}

function scopeOf({ id, namespaceId, name }: VisibleRepository): RetentionScope {
  return { kind: 'repository', id, namespaceId, name };
}
