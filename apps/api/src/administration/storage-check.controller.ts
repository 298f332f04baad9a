import { Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { StartedStorageCheck, StorageFindings } from '@stowage/contracts';
import { StorageChecks, StorageInventory } from '@stowage/metadata';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { ForAdministrators } from './administrator.guard.js';

const SHOWN = 100;

/** Whether storage holds what the rows say. */
@ForAdministrators()
@Controller('api/v1/admin/gc')
export class StorageCheckController {
  constructor(
    @Inject(StorageInventory) private readonly inventory: StorageInventory,
    @Inject(StorageChecks) private readonly checks: StorageChecks,
  ) {}

  @Get('storage')
  async findings(): Promise<StorageFindings> {
    const [counts, items] = await Promise.all([this.inventory.counts(), this.inventory.findings(SHOWN)]);
    return {
      ...counts,
      items: items.map(({ kind, digest, size, firstSeen }) => ({
        kind,
        digest,
        size,
        firstSeen: firstSeen.toISOString(),
      })),
    };
  }

  @Post('storage-checks')
  @HttpCode(202)
  async start(@Req() request: FastifyRequest): Promise<StartedStorageCheck> {
    return { id: await this.checks.start(callerOf(request).actor) };
  }
}
