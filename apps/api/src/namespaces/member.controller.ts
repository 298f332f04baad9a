import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Query, Req } from '@nestjs/common';
import {
  type Member,
  type MemberQuery,
  memberQuerySchema,
  type Page,
  type PutMember,
  putMemberSchema,
} from '@stowage/contracts';
import { type MemberChange, type MemberRecord, MemberStore } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { sortedPage, toSortedPage } from '../sorted-lists.js';
import { NamespaceAccess } from './namespace-access.js';

@Controller('api/v1/namespaces/:namespace/members')
export class MemberController {
  constructor(
    @Inject(MemberStore) private readonly store: MemberStore,
    @Inject(NamespaceAccess) private readonly access: NamespaceAccess,
  ) {}

  @Get()
  async list(
    @Param('namespace') name: string,
    @Query({ schema: memberQuerySchema }) query: MemberQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<Member>> {
    const namespace = await this.access.allowed(name, callerOf(request), 'browse');
    const rows = await this.store.list(namespace.id, sortedPage(query, 'name'));
    return toSortedPage(rows, query, toMember);
  }

  @Put(':username')
  @HttpCode(204)
  async put(
    @Param() params: { namespace: string; username: string },
    @Body({ schema: putMemberSchema }) body: PutMember,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { actor } = callerOf(request);
    const namespace = await this.access.allowed(params.namespace, callerOf(request), 'members');
    refuse(await this.store.put({ namespace, username: params.username, actor }, body.role), params.username);
  }

  @Delete(':username')
  @HttpCode(204)
  async remove(
    @Param() params: { namespace: string; username: string },
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { actor, user } = callerOf(request);
    // Anybody may leave; sending others away is for owners.
    const operation = user?.username === params.username ? 'browse' : 'members';
    const namespace = await this.access.allowed(params.namespace, callerOf(request), operation);
    refuse(await this.store.remove({ namespace, username: params.username, actor }), params.username);
  }
}

function refuse(change: MemberChange, username: string): void {
  if (change === 'changed') return;
  if (change === 'last owner') {
    throw new ProblemError(409, 'A namespace keeps at least one owner. Make somebody else an owner first.');
  }
  throw notFound(
    change === 'unknown user' ? `The user ${username.slice(0, 100)}` : `The member ${username.slice(0, 100)}`,
  );
}

function toMember({ username, role, addedAt }: MemberRecord): Member {
  return { username, role, addedAt: addedAt.toISOString() };
}
