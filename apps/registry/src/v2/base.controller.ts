import { Controller, Get, Head, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Serves } from '../access/access.guard.js';

/** distribution-spec, "Determining Support" (end-1). */
@Controller('v2')
@Serves('base')
export class BaseController {
  @Get()
  get(@Res() reply: FastifyReply): void {
    void reply.header('content-type', 'application/json').send('{}');
  }

  @Head()
  head(@Res() reply: FastifyReply): void {
    void reply.header('content-type', 'application/json').send();
  }
}
