import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  type AccountSession,
  type AccountSessionList,
  type ChangePassword,
  changePasswordSchema,
} from '@stowage/contracts';
import { type SessionRecord, sessionRecordId, SessionStore } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf, sessionIdOf, userOf } from '../access/caller.js';
import { InPerson } from '../access/in-person.guard.js';
import { Passwords } from './passwords.js';

/** What somebody does with the own account. */
@InPerson()
@Controller('api/v1/account')
export class ProfileController {
  constructor(
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(SessionStore) private readonly sessions: SessionStore,
  ) {}

  @Post('password')
  @HttpCode(204)
  async changePassword(
    @Body({ schema: changePasswordSchema }) body: ChangePassword,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { actor } = callerOf(request);
    await this.passwords.change(userOf(request), body, { sessionId: sessionIdOf(request), actor });
  }

  @Get('sessions')
  async list(@Req() request: FastifyRequest): Promise<AccountSessionList> {
    const id = sessionIdOf(request);
    const current = id === null ? undefined : sessionRecordId(id);
    const records = await this.sessions.list(userOf(request).id);
    return { items: records.map((record) => toAccountSession(record, current)), nextCursor: null };
  }

  /** All but the one that asks; an access token that asks has none, so that all end. */
  @Delete('sessions')
  @HttpCode(204)
  async endOthers(@Req() request: FastifyRequest): Promise<void> {
    await this.sessions.endOthers(sessionIdOf(request) ?? '', userOf(request).id, callerOf(request).actor);
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  async end(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const isOne = /^[0-9a-f]{64}$/.test(id);
    if (!isOne || !(await this.sessions.end(id, userOf(request).id, callerOf(request).actor))) {
      throw notFound('The session');
    }
  }
}

function toAccountSession(
  { createdAt, seenAt, ...record }: SessionRecord,
  current: string | undefined,
): AccountSession {
  return {
    ...record,
    createdAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
    isCurrent: record.id === current,
  };
}
