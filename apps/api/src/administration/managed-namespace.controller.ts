import { Body, Controller, Get, Inject, Param, Put, Query, Req } from '@nestjs/common';
import {
  type ManagedNamespace,
  type ManagedNamespaceQuery,
  managedNamespaceQuerySchema,
  type Page,
  type PutQuota,
  putQuotaSchema,
} from '@stowage/contracts';
import { type ManagedNamespaceRecord, NamespaceAdministration } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { parseCursor, toPage } from '../cursors.js';
import { ForAdministrators } from './administrator.guard.js';

@ForAdministrators()
@Controller('api/v1/admin/namespaces')
export class ManagedNamespaceController {
  constructor(@Inject(NamespaceAdministration) private readonly namespaces: NamespaceAdministration) {}

  @Get()
  async list(
    @Query({ schema: managedNamespaceQuerySchema }) query: ManagedNamespaceQuery,
  ): Promise<Page<ManagedNamespace>> {
    const { search, limit } = query;
    const rows = await this.namespaces.list({ search, last: parseCursor(query.cursor), limit: limit + 1 });
    return toPage(rows, limit, { item: toManagedNamespace, key: ({ name }) => name });
  }

  @Put(':namespace/quota')
  async setQuota(
    @Param('namespace') name: string,
    @Body({ schema: putQuotaSchema }) { storageLimitBytes }: PutQuota,
    @Req() request: FastifyRequest,
  ): Promise<ManagedNamespace> {
    await this.namespaces.setLimit(name, storageLimitBytes, callerOf(request).actor);
    const namespace = await this.namespaces.find(name);
    if (!namespace) throw notFound(`The namespace ${name.slice(0, 100)}`);
    return toManagedNamespace(namespace);
  }
}

function toManagedNamespace({ createdAt, ...namespace }: ManagedNamespaceRecord): ManagedNamespace {
  return { ...namespace, createdAt: createdAt.toISOString() };
}
