import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import {
  type CollectionPause,
  type CollectionRun,
  type CollectionRunDetail,
  type CollectionStatus,
  collectionFindingsSchema,
  type Page,
  type PageQuery,
  pageQuerySchema,
  type PutCollectionPause,
  putCollectionPauseSchema,
  type StartCollection,
  startCollectionSchema,
} from '@stowage/contracts';
import { CollectionPauses, CollectionRuns, GarbageStore } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { foreignCursor, parseCursor, toPage } from '../cursors.js';
import { ForAdministrators } from './administrator.guard.js';
import { toBacklog, toPause, toRun } from './collection-view.js';
import { ReviewDelaySeconds } from './review-delay.js';

const SHOWN_DAYS = 30;
const RUN_ID = /^[1-9]\d{0,17}$/;

/** Garbage collection as administrators see it: it works by itself; this is for looking, for haste, and for a halt. */
@ForAdministrators()
@Controller('api/v1/admin/gc')
export class CollectionController {
  constructor(
    @Inject(CollectionRuns) private readonly runs: CollectionRuns,
    @Inject(CollectionPauses) private readonly pauses: CollectionPauses,
    @Inject(GarbageStore) private readonly garbage: GarbageStore,
    @Inject(ReviewDelaySeconds) private readonly delay: ReviewDelaySeconds,
  ) {}

  @Get()
  async status(): Promise<CollectionStatus> {
    const [pause, backlog, freed] = await Promise.all([
      this.pauses.find(),
      this.garbage.backlog(),
      this.runs.freedByDay(SHOWN_DAYS),
    ]);
    return {
      pause: pause ? toPause(pause) : null,
      reviewDelaySeconds: this.delay.seconds,
      backlog: backlog.map(toBacklog),
      removableBytes: backlog.reduce((sum, { bytes }) => sum + bytes, 0),
      freed: freed.map(({ day, ...rest }) => ({ day: day.toISOString(), ...rest })),
    };
  }

  @Put('pause')
  async pause(
    @Body({ schema: putCollectionPauseSchema }) { reason }: PutCollectionPause,
    @Req() request: FastifyRequest,
  ): Promise<CollectionPause> {
    await this.pauses.pause(reason, callerOf(request).actor);
    const pause = await this.pauses.find();
    if (!pause) throw new ProblemError(409, 'Somebody else let garbage collection go on at the same moment.');
    return toPause(pause);
  }

  @Delete('pause')
  @HttpCode(204)
  async resume(@Req() request: FastifyRequest): Promise<void> {
    await this.pauses.resume(callerOf(request).actor);
  }

  @Get('runs')
  async list(@Query({ schema: pageQuerySchema }) { limit, cursor }: PageQuery): Promise<Page<CollectionRun>> {
    const last = parseCursor(cursor);
    if (last !== '' && !RUN_ID.test(last)) throw foreignCursor();
    const rows = await this.runs.list({ last: last || null, limit: limit + 1 });
    return toPage(rows, limit, { item: toRun, key: ({ id }) => id });
  }

  @Post('runs')
  @HttpCode(202)
  async start(
    @Body({ schema: startCollectionSchema }) { dryRun }: StartCollection,
    @Req() request: FastifyRequest,
  ): Promise<CollectionRun> {
    const pause = dryRun ? undefined : await this.pauses.find();
    if (pause) throw new ProblemError(409, `Garbage collection is paused (${pause.reason}): resume it first.`);
    return toRun(await this.#find(await this.runs.start(dryRun, callerOf(request).actor)));
  }

  @Get('runs/:id')
  async find(@Param('id') id: string): Promise<CollectionRunDetail> {
    const run = await this.#find(id);
    const findings = collectionFindingsSchema.nullable().parse(await this.runs.findings(id));
    return { ...toRun(run), findings };
  }

  async #find(id: string) {
    const run = RUN_ID.test(id) ? await this.runs.find(id) : undefined;
    if (!run) throw notFound('The run');
    return run;
  }
}
