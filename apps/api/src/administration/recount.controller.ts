import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { type RequestedRecount, type RequestRecount, requestRecountSchema } from '@stowage/contracts';
import { Database, requestRecount } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { ForAdministrators } from './administrator.guard.js';

@ForAdministrators()
@Controller('api/v1/admin/usage-recounts')
export class RecountController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Post()
  @HttpCode(202)
  async request(
    @Body({ schema: requestRecountSchema }) { namespace }: RequestRecount,
    @Req() request: FastifyRequest,
  ): Promise<RequestedRecount> {
    const run = await requestRecount(this.database, namespace, callerOf(request).actor);
    if (!run) throw notFound(`The namespace ${namespace}`);
    return { id: run.id };
  }
}
