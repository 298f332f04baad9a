import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { Purged, RestoredView, TrashEntry } from '@stowage/contracts';
import { Database, ReadOnlyModes, restoreEntry, TrashListings, TrashPurge, type TrashRecord } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf, userOf } from '../access/caller.js';
import { purgeAWhile } from './purge-a-while.js';
import { toObstacleProblem, toTrashEntry } from './trash-view.js';

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
    const outcome = await restoreEntry(this.database, entry.id, { actor, leaveTaken: false });
    if (outcome.kind === 'gone') throw notFound('This entry of the trash');
    if (outcome.kind === 'refused') throw toObstacleProblem(outcome.obstacle);
    return { target: outcome.target, left: [...outcome.left] };
  }

  @Delete(':id')
  async purge(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Purged> {
    const entry = await this.#find(id, request);
    return purgeAWhile(this.purges, entry.id, callerOf(request).actor);
  }

  #visible(request: FastifyRequest): Promise<TrashRecord[]> {
    const user = userOf(request);
    return this.listings.listNamespaces(user.isAdmin ? null : user.id);
  }

  /** Both that ask for one change it. */
  async #find(id: string, request: FastifyRequest): Promise<TrashRecord> {
    const found = (await this.#visible(request)).find((entry) => entry.id === id);
    if (!found) throw notFound('This entry of the trash');
    await this.modes.refuseChange(found.namespaceId);
    return found;
  }
}
