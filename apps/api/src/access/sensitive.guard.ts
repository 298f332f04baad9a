import { type CanActivate, type ExecutionContext, Inject, Injectable, UseGuards } from '@nestjs/common';
import { SessionStore } from '@stowage/metadata';
import { ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { sessionInPerson } from './in-person.guard.js';

/** How long somebody who has proved who they are is taken for the same person. */
const CONFIRMED_SECONDS = 10 * 60;

/** What `InPersonGuard` refuses, and a session whose owner has not signed in or proved it again lately. Throws 403. */
@Injectable()
export class SensitiveGuard implements CanActivate {
  constructor(@Inject(SessionStore) private readonly sessions: SessionStore) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const sessionId = sessionInPerson(context.switchToHttp().getRequest<FastifyRequest>());
    if (await this.sessions.isConfirmed(sessionId, CONFIRMED_SECONDS)) return true;
    throw new ProblemError(403, 'You signed in a while ago. Prove that it is still you, then repeat this.', {
      members: { reason: 'confirmation-needed' },
    });
  }
}

/** Routes that would give whoever finds an unlocked browser the account itself, or a way into somebody else’s. */
export const Sensitive = () => UseGuards(SensitiveGuard);
