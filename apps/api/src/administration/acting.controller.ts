import { Controller, Delete, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { Session } from '@stowage/contracts';
import { ActingStore } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf, userOf } from '../access/caller.js';
import { sessionInPerson } from '../access/in-person.guard.js';
import { Sensitive } from '../access/sensitive.guard.js';
import { toUser } from '../accounts/user-view.js';
import { ForAdministrators } from './administrator.guard.js';

const REFUSALS = {
  disabled: 'This account is disabled. Enable it first.',
  administrator: 'Nobody acts as an administrator, or as themselves.',
} as const;

/** An administrator in somebody else's place. */
@Controller('api/v1')
export class ActingController {
  constructor(@Inject(ActingStore) private readonly store: ActingStore) {}

  @Post('admin/users/:username/acting')
  @HttpCode(200)
  @ForAdministrators()
  @Sensitive()
  async start(@Param('username') username: string, @Req() request: FastifyRequest): Promise<Session> {
    const administrator = userOf(request);
    const by = { administrator, address: request.ip };
    const started = await this.store.start(sessionInPerson(request), username, by);
    if (started.kind === 'unknown') throw notFound(`The user ${username.slice(0, 100)}`);
    if (started.kind !== 'started') throw new ProblemError(409, REFUSALS[started.kind]);
    const acting = { administrator: administrator.username, until: started.until.toISOString() };
    return { user: toUser(started.user), acting };
  }

  @Delete('session/acting')
  @HttpCode(204)
  async stop(@Req() request: FastifyRequest): Promise<void> {
    const { acting } = callerOf(request);
    const by = acting && { administrator: acting.administrator, address: request.ip };
    if (!by || !(await this.store.stop(request.session.sessionId, by))) {
      throw new ProblemError(409, 'You act as nobody else.');
    }
  }
}
