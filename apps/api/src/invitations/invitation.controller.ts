import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  type CreatedInvitation,
  type CreateInvitation,
  createInvitationSchema,
  type Invitation,
  type Page,
} from '@stowage/contracts';
import { InvitationStore } from '@stowage/metadata';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { toInvitation } from './invitation-view.js';
import { Invitations } from './invitations.js';

/** Invitations as the owners of a namespace handle them. */
@Controller('api/v1/namespaces/:namespace/invitations')
export class InvitationController {
  constructor(
    @Inject(Invitations) private readonly invitations: Invitations,
    @Inject(InvitationStore) private readonly store: InvitationStore,
    @Inject(NamespaceAccess) private readonly access: NamespaceAccess,
  ) {}

  @Get()
  async list(@Param('namespace') name: string, @Req() request: FastifyRequest): Promise<Page<Invitation>> {
    const namespace = await this.access.allowed(name, callerOf(request), 'members');
    return { items: (await this.store.list(namespace.id)).map(toInvitation), nextCursor: null };
  }

  @Post()
  async create(
    @Param('namespace') name: string,
    @Body({ schema: createInvitationSchema }) body: CreateInvitation,
    @Req() request: FastifyRequest,
  ): Promise<CreatedInvitation> {
    const caller = callerOf(request);
    return this.invitations.create(await this.access.allowed(name, caller, 'members'), body, caller);
  }

  @Post(':id/renew')
  @HttpCode(200)
  async renew(
    @Param() params: { namespace: string; id: string },
    @Req() request: FastifyRequest,
  ): Promise<CreatedInvitation> {
    const caller = callerOf(request);
    return this.invitations.renew(await this.access.allowed(params.namespace, caller, 'members'), params.id, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  async revoke(@Param() params: { namespace: string; id: string }, @Req() request: FastifyRequest): Promise<void> {
    const caller = callerOf(request);
    await this.invitations.revoke(await this.access.allowed(params.namespace, caller, 'members'), params.id, caller);
  }
}
