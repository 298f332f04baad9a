import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import {
  type AddedSignUpDomains,
  type AddSignUpDomains,
  addSignUpDomainsSchema,
  type Page,
  type SignUpDomain,
  type SignUpDomainQuery,
  signUpDomainQuerySchema,
} from '@stowage/contracts';
import { SignUpDomainStore } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { ForAdministrators } from '../administration/administrator.guard.js';
import { parseCursor, toPage } from '../cursors.js';

/** Where the addresses of accounts may be. */
@ForAdministrators()
@Controller('api/v1/admin/sign-up-domains')
export class SignUpDomainController {
  constructor(@Inject(SignUpDomainStore) private readonly store: SignUpDomainStore) {}

  @Get()
  async list(@Query({ schema: signUpDomainQuerySchema }) query: SignUpDomainQuery): Promise<Page<SignUpDomain>> {
    const { list, search, limit } = query;
    const rows = await this.store.list({ list, search, last: parseCursor(query.cursor), limit: limit + 1 });
    return toPage(rows, limit, { item: (row) => row, key: ({ domain }) => domain });
  }

  @Post()
  @HttpCode(200)
  async add(
    @Body({ schema: addSignUpDomainsSchema }) { list, domains }: AddSignUpDomains,
    @Req() request: FastifyRequest,
  ): Promise<AddedSignUpDomains> {
    return { added: await this.store.add(list, domains, callerOf(request).actor) };
  }

  @Delete(':domain')
  @HttpCode(204)
  async delete(@Param('domain') domain: string, @Req() request: FastifyRequest): Promise<void> {
    if (!(await this.store.delete(domain, callerOf(request).actor))) throw notFound('The domain');
  }
}
