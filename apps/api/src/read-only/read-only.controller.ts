import { Controller, Get, Inject, Req } from '@nestjs/common';
import type { ReadOnlyModeList } from '@stowage/contracts';
import { ReadOnlyModes } from '@stowage/metadata';
import type { FastifyRequest } from 'fastify';
import { userOf } from '../access/caller.js';
import { toReadOnlyModes } from './read-only-view.js';

/** What every page tells the people whom it concerns. */
@Controller('api/v1/read-only-modes')
export class ReadOnlyController {
  constructor(@Inject(ReadOnlyModes) private readonly modes: ReadOnlyModes) {}

  @Get()
  async list(@Req() request: FastifyRequest): Promise<ReadOnlyModeList> {
    return toReadOnlyModes(await this.modes.listFor(userOf(request).id));
  }
}
