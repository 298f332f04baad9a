import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import {
  type AuditEvent,
  type AuditExport,
  type AuditQuery,
  auditExportSchema,
  auditQuerySchema,
  type Page,
} from '@stowage/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { AuditAnswers } from './audit-answers.js';

/** What has happened in a namespace, for its owners. */
@Controller('api/v1/namespaces/:namespace/audit-events')
export class NamespaceAuditController {
  constructor(
    @Inject(AuditAnswers) private readonly answers: AuditAnswers,
    @Inject(NamespaceAccess) private readonly access: NamespaceAccess,
  ) {}

  @Get()
  async list(
    @Param('namespace') name: string,
    @Query({ schema: auditQuerySchema }) query: AuditQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<AuditEvent>> {
    const { id } = await this.access.allowed(name, callerOf(request), 'audit');
    return this.answers.page(id, query);
  }

  @Get('export')
  async export(
    @Param('namespace') name: string,
    @Query({ schema: auditExportSchema }) query: AuditExport,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.answers.send(reply, await this.access.allowed(name, callerOf(request), 'audit'), query);
  }
}
