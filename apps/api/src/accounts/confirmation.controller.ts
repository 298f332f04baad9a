import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { type ConfirmSession, confirmSessionSchema } from '@stowage/contracts';
import { SessionStore } from '@stowage/metadata';
import { fieldProblem } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf, userOf } from '../access/caller.js';
import { sessionInPerson } from '../access/in-person.guard.js';
import { SecondFactors } from '../second-factors/second-factors.js';
import { Passwords } from './passwords.js';

/** What `@Sensitive()` routes ask for when a sign-in is long ago. */
@Controller('api/v1/session/confirmation')
export class ConfirmationController {
  constructor(
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(SecondFactors) private readonly factors: SecondFactors,
    @Inject(SessionStore) private readonly sessions: SessionStore,
  ) {}

  @Post()
  @HttpCode(204)
  async confirm(
    @Body({ schema: confirmSessionSchema }) { password, ...factor }: ConfirmSession,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const sessionId = sessionInPerson(request);
    const user = userOf(request);
    if (password === undefined) await this.factors.confirm(user, factor, request.ip);
    else if (!(await this.passwords.isRight(user, password, request.ip))) {
      throw fieldProblem(403, { field: 'password', message: 'this is not your password' });
    }
    await this.sessions.confirm(sessionId, callerOf(request).actor);
  }
}
