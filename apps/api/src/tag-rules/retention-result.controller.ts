import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import {
  type Page,
  RETENTION_OUTCOMES,
  type RetentionResult,
  type RetentionResultQuery,
  retentionResultQuerySchema,
} from '@stowage/contracts';
import { type RetentionResultRecord, RetentionResults } from '@stowage/metadata';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { foreignCursor, parseCursor, toPage } from '../cursors.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';

/** What retention runs did with single tags. */
@Controller('api/v1/namespaces/:namespace/retention-results')
export class RetentionResultController {
  constructor(
    @Inject(RetentionResults) private readonly results: RetentionResults,
    @Inject(NamespaceAccess) private readonly access: NamespaceAccess,
  ) {}

  @Get()
  async list(
    @Param('namespace') name: string,
    @Query({ schema: retentionResultQuerySchema }) { repository, run, cursor, limit }: RetentionResultQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<RetentionResult>> {
    const namespace = await this.access.allowed(name, callerOf(request), 'browse');
    const page = { repository, run, last: parseId(cursor), limit: limit + 1 };
    return toPage(await this.results.list(namespace.id, page), limit, { item: toResult, key: ({ id }) => id });
  }
}

function parseId(cursor: string | undefined): string | null {
  const text = parseCursor(cursor);
  if (text !== '' && !/^\d{1,18}$/.test(text)) throw foreignCursor();
  return text || null;
}

function toResult({ at, outcome, ...row }: RetentionResultRecord): RetentionResult {
  const known = RETENTION_OUTCOMES.find((each) => each === outcome) ?? 'changed';
  return { ...row, outcome: known, at: at.toISOString() };
}
