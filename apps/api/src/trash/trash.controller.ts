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
import { Database, restoreEntry, TrashListings, TrashPurge, type TrashRecord } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { parsePosition, toPage } from '../cursors.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { purgeAWhile } from './purge-a-while.js';
import { toObstacleProblem, toTrashEntry } from './trash-view.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

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
    const [place, entry] = parsePosition(query.cursor)?.split('/') ?? [];
    const after = place !== undefined && entry !== undefined ? { place, id: entry } : null;
    const rows = await this.listings.list(id, { after, limit: query.limit + 1 });
    return toPage(rows, query.limit, { item: toTrashEntry, key: (row) => `${row.place}/${row.id}` });
  }

  @Get(':id')
  async get(@Param() params: EntryParams, @Req() request: FastifyRequest): Promise<TrashEntry> {
    const { id } = await this.access.allowed(params.namespace, callerOf(request), 'delete');
    return toTrashEntry(await this.#find(id, params.id));
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
    const entry = await this.#find(id, params.id);
    const outcome = await restoreEntry(this.database, entry.id, { actor: caller.actor, leaveTaken });
    if (outcome.kind === 'gone') throw notInTrash();
    if (outcome.kind === 'refused') throw toObstacleProblem(outcome.obstacle);
    return { target: outcome.target, left: [...outcome.left] };
  }

  @Delete(':id')
  async purge(@Param() params: EntryParams, @Req() request: FastifyRequest): Promise<Purged> {
    const caller = callerOf(request);
    const { id } = await this.access.allowed(params.namespace, caller, 'namespace-settings');
    const entry = await this.#find(id, params.id);
    return purgeAWhile(this.purges, entry.id, caller.actor);
  }

  async #find(namespaceId: string, id: string): Promise<TrashRecord> {
    const found = UUID.test(id) ? await this.listings.find(namespaceId, id) : undefined;
    if (!found) throw notInTrash();
    return found;
  }
}

function notInTrash() {
  return notFound('This entry of the trash');
}
