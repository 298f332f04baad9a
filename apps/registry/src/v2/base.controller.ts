import { Controller, Get, Head, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Serves } from '../access/access.guard.js';

const BODY = '{}';
const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'content-length': BODY.length };

/** distribution-spec, "Determining Support" (end-1). */
@Controller('v2')
@Serves('base')
export class BaseController {
  @Get()
  get(@Res() reply: FastifyReply): void {
    void reply.headers(HEADERS).send(BODY);
  }

  @Head()
  head(@Res() reply: FastifyReply): void {
    void reply.headers(HEADERS).send();
  }
}
