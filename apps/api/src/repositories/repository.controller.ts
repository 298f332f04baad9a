import { Body, Controller, Get, Inject, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import {
  type CreateRepository,
  createRepositorySchema,
  type Page,
  type Repository,
  type RepositoryQuery,
  repositoryQuerySchema,
  type UpdateRepository,
  updateRepositorySchema,
} from '@stowage/contracts';
import { type RepositoryListing, RepositoryListings, type RepositorySettings } from '@stowage/metadata';
import { fieldProblem, Public } from '@stowage/nest-kit';
import { isRepositoryName } from '@stowage/oci';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { preconditionOf, sendEntityTag } from '../conditional-requests.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { present } from '../present.js';
import { sortedPage, toSortedPage } from '../sorted-lists.js';
import { mayDo, RepositoryAccess, type RepositoryParams } from './repository-access.js';

const NAME_RULE = 'lower-case letters and digits, with ".", "_", "-" between and "/" for folders';

@Controller('api/v1/namespaces/:namespace/repositories')
export class RepositoryController {
  constructor(
    @Inject(RepositoryListings) private readonly listings: RepositoryListings,
    @Inject(RepositoryAccess) private readonly access: RepositoryAccess,
    @Inject(NamespaceAccess) private readonly namespaces: NamespaceAccess,
  ) {}

  @Public()
  @Get()
  async list(
    @Param('namespace') namespace: string,
    @Query({ schema: repositoryQuerySchema }) query: RepositoryQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<Repository>> {
    const caller = callerOf(request);
    await this.namespaces.visible(namespace, caller);
    const page = { namespace, ...sortedPage(query, 'name') };
    const rows = await this.listings.list(caller.user?.id ?? null, page);
    return toSortedPage(rows, query, toRepository);
  }

  @Post()
  async create(
    @Param('namespace') namespaceName: string,
    @Body({ schema: createRepositorySchema }) body: CreateRepository,
    @Req() request: FastifyRequest,
  ): Promise<Repository> {
    const caller = callerOf(request);
    const namespace = await this.namespaces.visible(namespaceName, caller);
    const name = `${namespace.name}/${body.name}`;
    if (!isRepositoryName(name)) throw fieldProblem(400, { field: 'name', message: NAME_RULE });
    await this.namespaces.allowedToCreate(namespace, name, caller);
    const { description = '', visibility = namespace.defaultVisibility } = body;
    const created = await this.listings.create({
      namespaceId: namespace.id,
      path: body.name,
      description,
      visibility,
      actor: caller.actor,
    });
    if (!created)
      throw fieldProblem(409, {
        field: 'name',
        message: 'this name is taken, by a repository or as the old name of one that was transferred',
      });
    return toRepository(await this.access.described({ namespace: namespace.name, repository: body.name }, caller));
  }

  @Public()
  @Get(':repository')
  async get(
    @Param() params: RepositoryParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Repository> {
    return described(await this.access.described(params, callerOf(request)), reply);
  }

  @Patch(':repository')
  async update(
    @Param() params: RepositoryParams,
    @Body({ schema: updateRepositorySchema }) body: UpdateRepository,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Repository> {
    const caller = callerOf(request);
    const repository = await this.access.allowed(params, caller, 'repository-settings');
    const terms = { actor: caller.actor, precondition: preconditionOf<Required<RepositorySettings>>(request) };
    await this.listings.update(repository, present(body), terms);
    return described(await this.access.described(params, caller), reply);
  }
}

/** With the entity tag of what `PATCH` may change. */
function described(row: RepositoryListing, reply: FastifyReply): Repository {
  sendEntityTag(reply, { description: row.description, visibility: row.visibility });
  return toRepository(row);
}

function toRepository(row: RepositoryListing): Repository {
  const { path, namespace, description, visibility, tagCount, sizeBytes, lastPushedAt, createdAt } = row;
  return {
    name: path,
    namespace,
    description,
    visibility,
    tagCount,
    sizeBytes,
    lastPushedAt: lastPushedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    permissions: {
      push: mayDo(row, 'push'),
      delete: mayDo(row, 'delete'),
      settings: mayDo(row, 'repository-settings'),
    },
  };
}
