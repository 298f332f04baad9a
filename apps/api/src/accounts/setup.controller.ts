import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common';
import { type CreateAdministrator, createAdministratorSchema, type Session, type SetupState } from '@stowage/contracts';
import { UserStore } from '@stowage/metadata';
import { Public } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { signIn } from '../access/sessions.js';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { legalLinks } from '../sign-up/legal-links.js';
import { SignUpRules } from '../sign-up/sign-up-rules.js';
import { Accounts } from './accounts.js';
import { toUser } from './user-view.js';

@Public()
@Controller('api/v1/setup')
export class SetupController {
  constructor(
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(UserStore) private readonly users: UserStore,
    @Inject(SignUpRules) private readonly rules: SignUpRules,
  ) {}

  @Get()
  async state(@Req() request: FastifyRequest): Promise<SetupState> {
    const { publicUrl, sendsMail } = this.options;
    const { signUp, legal } = await this.rules.find();
    return {
      administratorNeeded: !(await this.users.hasAdministrator()),
      signUp: signUp.mode,
      registryHost: publicUrl.host,
      signedIn: callerOf(request).user !== null,
      publicUrl: publicUrl.origin,
      sendsMail,
      legal: legalLinks(legal),
    };
  }

  @Post()
  async create(
    @Body({ schema: createAdministratorSchema }) body: CreateAdministrator,
    @Req() request: FastifyRequest,
  ): Promise<Session> {
    const user = await this.accounts.createAdministrator(body, request.ip);
    await signIn(request, user.id);
    return { user: toUser(user) };
  }
}
