import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Req } from '@nestjs/common';
import {
  type ChangeScheduledJob,
  changeScheduledJobSchema,
  type ScheduledJob,
  type ScheduledJobList,
} from '@stowage/contracts';
import { runNow } from '@stowage/jobs';
import { ScheduledJobs } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { ForAdministrators } from '../administration/administrator.guard.js';
import { toScheduledJob } from './job-run-view.js';

/** Jobs that run again and again. */
@ForAdministrators()
@Controller('api/v1/admin/scheduled-jobs')
export class ScheduledJobController {
  constructor(@Inject(ScheduledJobs) private readonly jobs: ScheduledJobs) {}

  @Get()
  async list(): Promise<ScheduledJobList> {
    return { items: (await this.jobs.list()).map(toScheduledJob), nextCursor: null };
  }

  @Patch(':name')
  async change(
    @Param('name') name: string,
    @Body({ schema: changeScheduledJobSchema }) { paused }: ChangeScheduledJob,
    @Req() request: FastifyRequest,
  ): Promise<ScheduledJob> {
    await this.jobs.setPaused(name, paused, callerOf(request).actor);
    return this.#find(name);
  }

  @Post(':name/turns')
  @HttpCode(202)
  async run(@Param('name') name: string, @Req() request: FastifyRequest): Promise<ScheduledJob> {
    await this.jobs.runNow(name, callerOf(request).actor, (tx) =>
      runNow((text, values) => tx.$executeRawUnsafe(text, ...values), name),
    );
    return this.#find(name);
  }

  /** Throws 404. */
  async #find(name: string): Promise<ScheduledJob> {
    const job = await this.jobs.find(name);
    if (!job) throw notFound(`The scheduled job ${name.slice(0, 100)}`);
    return toScheduledJob(job);
  }
}
