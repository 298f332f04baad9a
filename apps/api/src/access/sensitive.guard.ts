import { type CanActivate, type ExecutionContext, Inject, Injectable, UseGuards } from '@nestjs/common';
import { SessionStore } from '@stowage/metadata';
import { ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { sessionInPerson } from './in-person.guard.js';

/** How long somebody who has typed the password is taken for the same person. */
const CONFIRMED_SECONDS = 10 * 60;

/** What `InPersonGuard` refuses, and a session whose owner has not typed the password lately. Throws 403. */
@Injectable()
export class SensitiveGuard implements CanActivate {
  constructor(@Inject(SessionStore) private readonly sessions: SessionStore) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const sessionId = sessionInPerson(context.switchToHttp().getRequest<FastifyRequest>());
    if (await this.sessions.isConfirmed(sessionId, CONFIRMED_SECONDS)) return true;
    throw new ProblemError(403, 'You signed in a while ago. Type your password again, then repeat this.', {
      members: { reason: 'confirmation-needed' },
    });
  }
}

/** Routes that would give whoever finds an unlocked browser the account itself. */
export const Sensitive = () => UseGuards(SensitiveGuard);
