import { Body, Controller, Get, Inject, Param, Patch, Query, Req } from '@nestjs/common';
import {
  type ChangeJobRun,
  changeJobRunSchema,
  type JobRun,
  type JobRunDetail,
  type JobRunQuery,
  jobRunQuerySchema,
  type Page,
} from '@stowage/contracts';
import type { JobRunScope } from '@stowage/metadata';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { JobRunAnswers } from './job-run-answers.js';

interface RunParams {
  readonly namespace: string;
  readonly id: string;
}

/** The runs of a namespace, for those who may start them. */
@Controller('api/v1/namespaces/:namespace/jobs')
export class NamespaceJobController {
  constructor(
    @Inject(JobRunAnswers) private readonly answers: JobRunAnswers,
    @Inject(NamespaceAccess) private readonly access: NamespaceAccess,
  ) {}

  @Get()
  async list(
    @Param('namespace') name: string,
    @Query({ schema: jobRunQuerySchema }) query: JobRunQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<JobRun>> {
    return this.answers.page(await this.#scope(name, request), query);
  }

  @Get(':id')
  async get(@Param() params: RunParams, @Req() request: FastifyRequest): Promise<JobRunDetail> {
    return this.answers.detail(await this.#scope(params.namespace, request), params.id);
  }

  @Patch(':id')
  async change(
    @Param() params: RunParams,
    @Body({ schema: changeJobRunSchema }) { wish }: ChangeJobRun,
    @Req() request: FastifyRequest,
  ): Promise<JobRun> {
    const scope = await this.#scope(params.namespace, request);
    return this.answers.wish(scope, params.id, { kind: wish, actor: callerOf(request).actor });
  }

  async #scope(name: string, request: FastifyRequest): Promise<JobRunScope> {
    const { id } = await this.access.allowed(name, callerOf(request), 'jobs');
    return { namespaceId: id };
  }
}
