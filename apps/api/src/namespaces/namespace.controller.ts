import { Body, Controller, Get, Inject, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { isReservedName } from '@stowage/auth';
import {
  type CreateNamespace,
  createNamespaceSchema,
  type Namespace,
  type Page,
  type PageQuery,
  pageQuerySchema,
  type UpdateNamespace,
  updateNamespaceSchema,
} from '@stowage/contracts';
import { type NamespaceRecord, NamespaceStore } from '@stowage/metadata';
import { fieldProblem, Public } from '@stowage/nest-kit';
import type { NamespaceName } from '@stowage/oci';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf, userOf } from '../access/caller.js';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { preconditionOf, sendEntityTag } from '../conditional-requests.js';
import { parseCursor, toPage } from '../cursors.js';
import { present } from '../present.js';
import { NamespaceAccess } from './namespace-access.js';
import { toNamespace } from './namespace-view.js';
import { toNameProblem } from './name-problem.js';

@Controller('api/v1/namespaces')
export class NamespaceController {
  constructor(
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
    @Inject(NamespaceStore) private readonly store: NamespaceStore,
    @Inject(NamespaceAccess) private readonly access: NamespaceAccess,
  ) {}

  @Get()
  async list(
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<Namespace>> {
    const page = { last: parseCursor(query.cursor), limit: query.limit + 1 };
    const rows = await this.store.listOfMember(userOf(request).id, page);
    return toPage(rows, query.limit, { item: toNamespace, key: (row) => row.name });
  }

  @Post()
  async create(
    @Body({ schema: createNamespaceSchema }) body: CreateNamespace,
    @Req() request: FastifyRequest,
  ): Promise<Namespace> {
    const { actor } = callerOf(request);
    const name = body.name as NamespaceName;
    if (isReservedName(name)) throw fieldProblem(400, { field: 'name', message: 'this name is reserved' });
    const ownerId = userOf(request).id;
    const limitBytes = this.options.defaultQuotaBytes;
    const displayName = body.displayName || name;
    try {
      await this.store.create({ name, displayName, kind: 'organization', ownerId, limitBytes, actor });
    } catch (error) {
      throw toNameProblem(error, 'name');
    }
    return toNamespace(await this.access.visible(name, callerOf(request)));
  }

  @Public()
  @Get(':namespace')
  async get(
    @Param('namespace') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Namespace> {
    return described(await this.access.visible(name, callerOf(request)), reply);
  }

  @Patch(':namespace')
  async update(
    @Param('namespace') name: string,
    @Body({ schema: updateNamespaceSchema }) body: UpdateNamespace,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Namespace> {
    const caller = callerOf(request);
    const namespace = await this.access.allowed(name, caller, 'namespace-settings');
    const settings = present(body);
    await this.store.change(namespace, settings, { actor: caller.actor, precondition: preconditionOf(request) });
    return described({ ...namespace, ...settings }, reply);
  }
}

/** With the entity tag of what `PATCH` may change. */
function described(namespace: NamespaceRecord, reply: FastifyReply): Namespace {
  const { displayName, defaultVisibility, createsOnPush } = namespace;
  sendEntityTag(reply, { displayName, defaultVisibility, createsOnPush });
  return toNamespace(namespace);
}
