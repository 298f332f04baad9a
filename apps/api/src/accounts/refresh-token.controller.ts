import { Controller, Delete, Get, HttpCode, Inject, Param, Req } from '@nestjs/common';
import type { RefreshToken, RefreshTokenList } from '@stowage/contracts';
import { type RefreshTokenRecord, RefreshTokenStore } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callerOf, userOf } from '../access/caller.js';
import { InPerson } from '../access/in-person.guard.js';

/** Clients that stay signed in: what they hold is made by the token service. */
@InPerson()
@Controller('api/v1/account/refresh-tokens')
export class RefreshTokenController {
  constructor(@Inject(RefreshTokenStore) private readonly store: RefreshTokenStore) {}

  @Get()
  async list(@Req() request: FastifyRequest): Promise<RefreshTokenList> {
    const records = await this.store.list(userOf(request).id);
    return { items: records.map(toRefreshToken), nextCursor: null };
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const isGone =
      z.uuid().safeParse(id).success && (await this.store.delete(id, userOf(request).id, callerOf(request).actor));
    if (!isGone) throw notFound('The client');
  }
}

function toRefreshToken({ createdAt, lastUsedAt, ...record }: RefreshTokenRecord): RefreshToken {
  return { ...record, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt.toISOString() };
}
