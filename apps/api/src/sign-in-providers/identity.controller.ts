import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  type ExternalIdentityList,
  type LinkIdentity,
  linkIdentitySchema,
  type ProviderPage,
} from '@stowage/contracts';
import { ExternalIdentityStore } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import { newAttempt, SignInProviders } from '@stowage/oidc';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callerOf, userOf } from '../access/caller.js';
import { Sensitive } from '../access/sensitive.guard.js';
import { keepPending } from './pending-sign-in.js';
import { ProviderAnswers } from './provider-answers.js';

/** The services that sign somebody in to the own account. */
@Controller('api/v1/account/identities')
export class IdentityController {
  constructor(
    @Inject(SignInProviders) private readonly providers: SignInProviders,
    @Inject(ProviderAnswers) private readonly answers: ProviderAnswers,
    @Inject(ExternalIdentityStore) private readonly store: ExternalIdentityStore,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest): Promise<ExternalIdentityList> {
    const rows = await this.store.list(userOf(request).id);
    const items = rows.map(({ createdAt, lastUsedAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    }));
    return { items };
  }

  @Post()
  @Sensitive()
  async link(
    @Body({ schema: linkIdentitySchema }) { provider: id }: LinkIdentity,
    @Req() request: FastifyRequest,
  ): Promise<ProviderPage> {
    const provider = this.providers.find(id);
    if (!provider) throw notFound('The provider');
    const attempt = newAttempt();
    const page = await this.answers.page(provider, attempt);
    await keepPending(request, { provider: id, attempt, next: null, linkTo: userOf(request).id });
    return page;
  }

  @Delete(':id')
  @HttpCode(204)
  @Sensitive()
  async unlink(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const isGone =
      z.uuid().safeParse(id).success && (await this.store.unlink(id, userOf(request).id, callerOf(request).actor));
    if (!isGone) throw notFound('The linked account');
  }
}
