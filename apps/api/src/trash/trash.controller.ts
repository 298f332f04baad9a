import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import {
  type Page,
  type PageQuery,
  pageQuerySchema,
  type Purged,
  type Restore,
  type RestoredView,
  restoreSchema,
  type TrashEntry,
} from '@stowage/contracts';
import { Database, TrashListings, TrashPurge } from '@stowage/metadata';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { purgeAWhile } from './purge-a-while.js';
import { restoreOrRefuse } from './restore-or-refuse.js';
import { findInTrash, pageOfTrash } from './trash-page.js';
import { toTrashEntry } from './trash-view.js';

interface EntryParams {
  readonly namespace: string;
  readonly id: string;
}

/** What was deleted in a namespace: the way back, and the way out. */
@Controller('api/v1/namespaces/:namespace/trash')
export class TrashController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(NamespaceAccess) private readonly access: NamespaceAccess,
    @Inject(TrashListings) private readonly listings: TrashListings,
    @Inject(TrashPurge) private readonly purges: TrashPurge,
  ) {}

  @Get()
  async list(
    @Param('namespace') name: string,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<TrashEntry>> {
    const { id } = await this.access.allowed(name, callerOf(request), 'delete');
    return pageOfTrash(this.listings, id, query);
  }

  @Get(':id')
  async get(@Param() params: EntryParams, @Req() request: FastifyRequest): Promise<TrashEntry> {
    const { id } = await this.access.allowed(params.namespace, callerOf(request), 'delete');
    return toTrashEntry(await findInTrash(this.listings, id, params.id));
  }

  @Post(':id/restore')
  @HttpCode(200)
  async restore(
    @Param() params: EntryParams,
    @Body({ schema: restoreSchema }) { leaveTaken = false }: Restore,
    @Req() request: FastifyRequest,
  ): Promise<RestoredView> {
    const caller = callerOf(request);
    const { id } = await this.access.allowed(params.namespace, caller, 'delete');
    const entry = await findInTrash(this.listings, id, params.id);
    return restoreOrRefuse(this.database, entry.id, { actor: caller.actor, leaveTaken });
  }

  @Delete(':id')
  async purge(@Param() params: EntryParams, @Req() request: FastifyRequest): Promise<Purged> {
    const caller = callerOf(request);
    const { id } = await this.access.allowed(params.namespace, caller, 'namespace-settings');
    const entry = await findInTrash(this.listings, id, params.id);
    return purgeAWhile(this.purges, entry.id, caller);
  }
}
