import { Body, Controller, Get, Inject, Param, Patch, Query, Req } from '@nestjs/common';
import {
  type ChangeJobRun,
  changeJobRunSchema,
  type JobRun,
  type JobRunDetail,
  type Page,
  type RegistryJobRunQuery,
  registryJobRunQuerySchema,
} from '@stowage/contracts';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { ForAdministrators } from '../administration/administrator.guard.js';
import { JobRunAnswers } from './job-run-answers.js';

/** The runs of everybody. */
@ForAdministrators()
@Controller('api/v1/admin/jobs')
export class RegistryJobController {
  constructor(@Inject(JobRunAnswers) private readonly answers: JobRunAnswers) {}

  @Get()
  async list(@Query({ schema: registryJobRunQuerySchema }) query: RegistryJobRunQuery): Promise<Page<JobRun>> {
    return this.answers.page(null, query);
  }

  @Get(':id')
  async get(@Param('id') id: string): Promise<JobRunDetail> {
    return this.answers.detail(null, id);
  }

  @Patch(':id')
  async change(
    @Param('id') id: string,
    @Body({ schema: changeJobRunSchema }) { wish }: ChangeJobRun,
    @Req() request: FastifyRequest,
  ): Promise<JobRun> {
    return this.answers.wish(null, id, { kind: wish, actor: callerOf(request).actor });
  }
}
