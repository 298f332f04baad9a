import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { type ConfirmSession, confirmSessionSchema } from '@stowage/contracts';
import { SessionStore } from '@stowage/metadata';
import { fieldProblem } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf, userOf } from '../access/caller.js';
import { sessionInPerson } from '../access/in-person.guard.js';
import { Passwords } from './passwords.js';

/** What `@Sensitive()` routes ask for when a sign-in is long ago. */
@Controller('api/v1/session/confirmation')
export class ConfirmationController {
  constructor(
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(SessionStore) private readonly sessions: SessionStore,
  ) {}

  @Post()
  @HttpCode(204)
  async confirm(
    @Body({ schema: confirmSessionSchema }) { password }: ConfirmSession,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const sessionId = sessionInPerson(request);
    if (!(await this.passwords.isRight(userOf(request), password, request.ip))) {
      throw fieldProblem(403, { field: 'password', message: 'this is not your password' });
    }
    await this.sessions.confirm(sessionId, callerOf(request).actor);
  }
}
