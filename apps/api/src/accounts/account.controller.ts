import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { type SignIn, type SignUp, type Session, signInSchema, signUpSchema } from '@stowage/contracts';
import { Public } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf, userOf } from '../access/caller.js';
import { RequestLimits } from '../access/request-limits.js';
import { signIn, signOut } from '../access/sessions.js';
import { Accounts } from './accounts.js';
import { toUser } from './user-view.js';

@Controller('api/v1')
export class AccountController {
  constructor(
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(RequestLimits) private readonly limits: RequestLimits,
  ) {}

  @Public()
  @Post('accounts')
  async signUp(@Body({ schema: signUpSchema }) body: SignUp, @Req() request: FastifyRequest): Promise<Session> {
    await this.limits.countSignUp(request);
    const user = await this.accounts.signUp(body, request.ip);
    await signIn(request, user.id);
    return { user: toUser(user) };
  }

  @Public()
  @Post('session')
  @HttpCode(200)
  async signIn(@Body({ schema: signInSchema }) body: SignIn, @Req() request: FastifyRequest): Promise<Session> {
    const user = await this.accounts.verify(body, request.ip);
    await signIn(request, user.id);
    return { user: toUser(user) };
  }

  @Get('session')
  session(@Req() request: FastifyRequest): Session {
    const { acting } = callerOf(request);
    return {
      user: toUser(userOf(request)),
      ...(acting
        ? { acting: { administrator: acting.administrator.username, until: acting.until.toISOString() } }
        : {}),
    };
  }

  @Public()
  @Delete('session')
  @HttpCode(204)
  async signOut(@Req() request: FastifyRequest): Promise<void> {
    await signOut(request);
  }
}
