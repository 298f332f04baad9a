import { Body, Controller, Get, HttpCode, Inject, Param, Put, Query, Req } from '@nestjs/common';
import {
  type Page,
  type PageQuery,
  pageQuerySchema,
  type PutUserGrants,
  putUserGrantsSchema,
  type RepositoryAccess as RepositoryAccessView,
  type UserGrants as UserGrantsView,
} from '@stowage/contracts';
import { ForeignGrantError, UserGrants } from '@stowage/metadata';
import { fieldProblem, notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { parseCursor, toPage } from '../cursors.js';
import { RepositoryAccess, type RepositoryParams } from '../repositories/repository-access.js';
import { NamespaceAccess } from './namespace-access.js';

/** Rights of single people on single repositories, besides roles. */
@Controller('api/v1/namespaces/:namespace')
export class UserGrantController {
  constructor(
    @Inject(UserGrants) private readonly store: UserGrants,
    @Inject(NamespaceAccess) private readonly namespaces: NamespaceAccess,
    @Inject(RepositoryAccess) private readonly repositories: RepositoryAccess,
  ) {}

  @Get('grants')
  async list(
    @Param('namespace') name: string,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<UserGrantsView>> {
    const namespace = await this.namespaces.allowed(name, callerOf(request), 'members');
    const rows = await this.store.list(namespace, { last: parseCursor(query.cursor), limit: query.limit + 1 });
    return toPage(rows, query.limit, {
      item: ({ username, grants }) => ({ username, grants: [...grants] }),
      key: (row) => row.username,
    });
  }

  @Put('grants/:username')
  @HttpCode(204)
  async put(
    @Param() params: { namespace: string; username: string },
    @Body({ schema: putUserGrantsSchema }) { grants }: PutUserGrants,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const caller = callerOf(request);
    const namespace = await this.namespaces.allowed(params.namespace, caller, 'members');
    const { username } = params;
    const isKnown = await this.store.replace(namespace, { username, grants }, caller.actor).catch((error: unknown) => {
      if (!(error instanceof ForeignGrantError)) throw error;
      throw fieldProblem(400, { field: 'grants', message: error.message }, error);
    });
    if (!isKnown) throw notFound(`The user ${username.slice(0, 100)}`);
  }

  @Get('repositories/:repository/access')
  async access(
    @Param() params: RepositoryParams,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<RepositoryAccessView>> {
    const { id } = await this.repositories.allowed(params, callerOf(request), 'repository-settings');
    const rows = await this.store.listReaders(id, { last: parseCursor(query.cursor), limit: query.limit + 1 });
    return toPage(rows, query.limit, {
      item: ({ username, role, grants }) => ({ username, role, grants: [...grants] }),
      key: (row) => row.username,
    });
  }
}
