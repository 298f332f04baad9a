import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { Purged, RestoredView, TrashEntry } from '@stowage/contracts';
import { Database, ReadOnlyModes, TrashListings, TrashPurge, type TrashRecord } from '@stowage/metadata';
import type { FastifyRequest } from 'fastify';
import { callerOf, userOf } from '../access/caller.js';
import { purgeAWhile } from './purge-a-while.js';
import { restoreOrRefuse } from './restore-or-refuse.js';
import { notInTrash } from './trash-page.js';
import { toTrashEntry } from './trash-view.js';

/** Namespaces that were deleted, for those who owned them and for administrators. Nobody else learns that there was one. */
@Controller('api/v1/trashed-namespaces')
export class TrashedNamespaceController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TrashListings) private readonly listings: TrashListings,
    @Inject(TrashPurge) private readonly purges: TrashPurge,
    @Inject(ReadOnlyModes) private readonly modes: ReadOnlyModes,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest): Promise<{ items: TrashEntry[] }> {
    return { items: (await this.#visible(request)).map(toTrashEntry) };
  }

  @Post(':id/restore')
  @HttpCode(200)
  async restore(@Param('id') id: string, @Req() request: FastifyRequest): Promise<RestoredView> {
    const entry = await this.#find(id, request);
    const { actor } = callerOf(request);
    return restoreOrRefuse(this.database, entry.id, { actor, leaveTaken: false });
  }

  @Delete(':id')
  async purge(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Purged> {
    const entry = await this.#find(id, request);
    return purgeAWhile(this.purges, entry.id, callerOf(request));
  }

  #visible(request: FastifyRequest): Promise<TrashRecord[]> {
    const user = userOf(request);
    return this.listings.listNamespaces(user.isAdmin ? null : user.id);
  }

  /** Both that ask for one change it. */
  async #find(id: string, request: FastifyRequest): Promise<TrashRecord> {
    const found = (await this.#visible(request)).find((entry) => entry.id === id);
    if (!found) throw notInTrash();
    await this.modes.refuseChange(found.namespaceId);
    return found;
  }
}
