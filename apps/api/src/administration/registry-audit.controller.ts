import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import {
  type AuditEvent,
  type AuditExport,
  type AuditQuery,
  auditExportSchema,
  auditQuerySchema,
  type Page,
} from '@stowage/contracts';
import type { FastifyReply } from 'fastify';
import { AuditAnswers } from '../audit/audit-answers.js';
import { ForAdministrators } from './administrator.guard.js';

/** What has happened in the whole registry. */
@ForAdministrators()
@Controller('api/v1/admin/audit-events')
export class RegistryAuditController {
  constructor(@Inject(AuditAnswers) private readonly answers: AuditAnswers) {}

  @Get()
  async list(@Query({ schema: auditQuerySchema }) query: AuditQuery): Promise<Page<AuditEvent>> {
    return this.answers.page(null, query);
  }

  @Get('export')
  export(@Query({ schema: auditExportSchema }) query: AuditExport, @Res() reply: FastifyReply): void {
    this.answers.send(reply, null, query);
  }
}
