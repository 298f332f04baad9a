import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Req } from '@nestjs/common';
import {
  type PutReadOnlyMode,
  putReadOnlyModeSchema,
  type ReadOnlyMode,
  type ReadOnlyModeList,
} from '@stowage/contracts';
import { NamespaceAdministration, ReadOnlyModes, type ReadOnlyScope } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { ForAdministrators } from '../administration/administrator.guard.js';
import { toReadOnlyMode, toReadOnlyModes } from './read-only-view.js';

/** Read-only mode, of the whole registry and of single namespaces. */
@ForAdministrators()
@Controller('api/v1/admin')
export class ManagedReadOnlyController {
  constructor(
    @Inject(ReadOnlyModes) private readonly modes: ReadOnlyModes,
    @Inject(NamespaceAdministration) private readonly namespaces: NamespaceAdministration,
  ) {}

  @Get('read-only-modes')
  async list(): Promise<ReadOnlyModeList> {
    return toReadOnlyModes(await this.modes.list());
  }

  @Put('read-only-modes/registry')
  async beginForRegistry(
    @Body({ schema: putReadOnlyModeSchema }) body: PutReadOnlyMode,
    @Req() request: FastifyRequest,
  ): Promise<ReadOnlyMode> {
    return this.#begin(null, body, request);
  }

  @Delete('read-only-modes/registry')
  @HttpCode(204)
  async endForRegistry(@Req() request: FastifyRequest): Promise<void> {
    await this.#end(null, request);
  }

  @Put('namespaces/:namespace/read-only-mode')
  async begin(
    @Param('namespace') name: string,
    @Body({ schema: putReadOnlyModeSchema }) body: PutReadOnlyMode,
    @Req() request: FastifyRequest,
  ): Promise<ReadOnlyMode> {
    return this.#begin(await this.#scope(name), body, request);
  }

  @Delete('namespaces/:namespace/read-only-mode')
  @HttpCode(204)
  async end(@Param('namespace') name: string, @Req() request: FastifyRequest): Promise<void> {
    await this.#end(await this.#scope(name), request);
  }

  async #begin(scope: ReadOnlyScope, { message }: PutReadOnlyMode, request: FastifyRequest): Promise<ReadOnlyMode> {
    await this.modes.begin(scope, message, callerOf(request).actor);
    const mode = (await this.modes.list()).find(({ namespace }) => namespace === (scope?.name ?? null));
    if (!mode) throw new ProblemError(409, 'Somebody has just ended it. Begin it again if it is still needed.');
    return toReadOnlyMode(mode);
  }

  async #end(scope: ReadOnlyScope, request: FastifyRequest): Promise<void> {
    if (!(await this.modes.end(scope, callerOf(request).actor))) throw new ProblemError(409, 'It is not read-only.');
  }

  /** Throws 404. */
  async #scope(name: string): Promise<NonNullable<ReadOnlyScope>> {
    const namespace = await this.namespaces.identify(name);
    if (!namespace) throw notFound(`The namespace ${name.slice(0, 100)}`);
    return namespace;
  }
}
