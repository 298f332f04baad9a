import { Body, Controller, Get, Inject, Param, Put, Query, Req } from '@nestjs/common';
import {
  type ManagedNamespace,
  type ManagedNamespaceQuery,
  managedNamespaceQuerySchema,
  type Page,
  type PutQuota,
  putQuotaSchema,
} from '@stowage/contracts';
import {
  changeQuota,
  Database,
  type ManagedNamespaceRecord,
  NamespaceAdministration,
  shownLimit,
} from '@stowage/metadata';
import { fieldProblem, notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { parseCursor, toPage } from '../cursors.js';
import { ForAdministrators } from './administrator.guard.js';

@ForAdministrators()
@Controller('api/v1/admin/namespaces')
export class ManagedNamespaceController {
  constructor(
    @Inject(NamespaceAdministration) private readonly namespaces: NamespaceAdministration,
    @Inject(Database) private readonly database: Database,
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
  ) {}

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
    @Body({ schema: putQuotaSchema }) { plan, limits, storageLimitBytes }: PutQuota,
    @Req() request: FastifyRequest,
  ): Promise<ManagedNamespace> {
    const change = {
      plan,
      limits: { ...limits, ...(storageLimitBytes === undefined ? {} : { storageBytes: storageLimitBytes }) },
    };
    const outcome = await changeQuota(this.database, name, {
      change,
      configuredBytes: this.options.defaultQuotaBytes,
      actor: callerOf(request).actor,
    });
    if (outcome === 'unknown plan')
      throw fieldProblem(409, { field: 'plan', message: 'there is no plan of this name' });
    const namespace = await this.namespaces.find(name);
    if (!namespace) throw notFound(`The namespace ${name.slice(0, 100)}`);
    return toManagedNamespace(namespace);
  }
}

function toManagedNamespace({ createdAt, limitBytes, ...namespace }: ManagedNamespaceRecord): ManagedNamespace {
  return { ...namespace, limitBytes: shownLimit(limitBytes), createdAt: createdAt.toISOString() };
}
