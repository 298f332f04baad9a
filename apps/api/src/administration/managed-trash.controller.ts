import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import {
  type ManagedPurge,
  managedPurgeSchema,
  type ManagedRestore,
  managedRestoreSchema,
  type Page,
  type PageQuery,
  pageQuerySchema,
  type Purged,
  type RestoredView,
  type TrashEntry,
} from '@stowage/contracts';
import { Database, NamespaceAdministration, ReadOnlyModes, TrashListings, TrashPurge } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { Sensitive } from '../access/sensitive.guard.js';
import { purgeAWhile } from '../trash/purge-a-while.js';
import { restoreOrRefuse } from '../trash/restore-or-refuse.js';
import { findInTrash, pageOfTrash } from '../trash/trash-page.js';
import { ForAdministrators } from './administrator.guard.js';

interface EntryParams {
  readonly namespace: string;
  readonly id: string;
}

/** The trash of any namespace: for those who ask an administrator for help. The namespace's log says who, what and why. */
@ForAdministrators()
@Controller('api/v1/admin/namespaces/:namespace/trash')
export class ManagedTrashController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(NamespaceAdministration) private readonly namespaces: NamespaceAdministration,
    @Inject(TrashListings) private readonly listings: TrashListings,
    @Inject(TrashPurge) private readonly purges: TrashPurge,
    @Inject(ReadOnlyModes) private readonly modes: ReadOnlyModes,
  ) {}

  @Get()
  async list(
    @Param('namespace') name: string,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
  ): Promise<Page<TrashEntry>> {
    return pageOfTrash(this.listings, await this.#identify(name), query);
  }

  @Post(':id/restore')
  @HttpCode(200)
  async restore(
    @Param() params: EntryParams,
    @Body({ schema: managedRestoreSchema }) { leaveTaken = false, reason }: ManagedRestore,
    @Req() request: FastifyRequest,
  ): Promise<RestoredView> {
    const { actor } = callerOf(request);
    return restoreOrRefuse(this.database, await this.#find(params), { actor, leaveTaken, reason });
  }

  @Post(':id/purge')
  @HttpCode(200)
  @Sensitive()
  async purge(
    @Param() params: EntryParams,
    @Body({ schema: managedPurgeSchema }) { reason }: ManagedPurge,
    @Req() request: FastifyRequest,
  ): Promise<Purged> {
    const { actor } = callerOf(request);
    return purgeAWhile(this.purges, await this.#find(params), { actor, reason });
  }

  async #identify(name: string): Promise<string> {
    const found = await this.namespaces.identify(name);
    if (!found) throw notFound(`The namespace ${name.slice(0, 100)}`);
    return found.id;
  }

  /** Both that ask for one change it. */
  async #find({ namespace, id }: EntryParams): Promise<string> {
    const namespaceId = await this.#identify(namespace);
    const entry = await findInTrash(this.listings, namespaceId, id);
    await this.modes.refuseChange(namespaceId);
    return entry.id;
  }
}
