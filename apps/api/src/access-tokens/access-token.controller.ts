import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { generateSecretToken, hashSecretToken, hintOf } from '@stowage/auth';
import {
  type AccessToken,
  type AccessTokenQuery,
  accessTokenQuerySchema,
  type CreatedAccessToken,
  createAccessTokenSchema,
  type Page,
} from '@stowage/contracts';
import { type AccessTokenRecord, AccessTokenStore } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callerOf, userOf } from '../access/caller.js';
import { InPerson } from '../access/in-person.guard.js';
import { sortedPage, toSortedPage } from '../sorted-lists.js';

/** For people alone: a token that could make another one would live as long as it likes. */
@InPerson()
@Controller('api/v1/access-tokens')
export class AccessTokenController {
  constructor(@Inject(AccessTokenStore) private readonly store: AccessTokenStore) {}

  @Get()
  async list(
    @Query({ schema: accessTokenQuerySchema }) query: AccessTokenQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<AccessToken>> {
    const rows = await this.store.list(userOf(request).id, sortedPage(query, 'id'));
    return toSortedPage(rows, query, toAccessToken);
  }

  /** The secret is in this answer and nowhere else: only its hash is kept. */
  @Post()
  async create(
    @Body({ schema: createAccessTokenSchema }) body: z.output<typeof createAccessTokenSchema>,
    @Req() request: FastifyRequest,
  ): Promise<CreatedAccessToken> {
    const { text } = generateSecretToken('access');
    const record = await this.store.create({
      userId: userOf(request).id,
      name: body.name,
      hash: hashSecretToken(text),
      hint: hintOf(text),
      grants: body.grants ?? null,
      expiresInDays: body.expiresInDays,
      actor: callerOf(request).actor,
    });
    return { ...toAccessToken(record), secret: text };
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const isGone =
      z.uuid().safeParse(id).success && (await this.store.delete(id, userOf(request).id, callerOf(request).actor));
    if (!isGone) throw notFound('The access token');
  }
}

function toAccessToken(record: AccessTokenRecord): AccessToken {
  const { id, name, hint, grants, createdAt, expiresAt, lastUsedAt, lastUsedAddress } = record;
  return {
    id,
    name,
    hint,
    grants,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    lastUsedAddress,
  };
}
