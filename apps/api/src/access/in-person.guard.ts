import { type CanActivate, type ExecutionContext, Injectable, UseGuards } from '@nestjs/common';
import { ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf, sessionIdOf } from './caller.js';

/** Throws 403 for an access token: a credential never changes what protects its owner. */
@Injectable()
export class InPersonGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    sessionInPerson(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}

/** The id of the session that the person has signed in with. Throws 403. */
export function sessionInPerson(request: FastifyRequest): string {
  const { acting, user } = callerOf(request);
  if (acting) throw new ProblemError(403, `Only ${user?.username} in person may do this. You act in their place.`);
  const sessionId = sessionIdOf(request);
  if (sessionId !== null) return sessionId;
  throw new ProblemError(403, 'No access token may do this. Sign in with a browser and do it there.');
}

/** Routes for the person who owns the account and nobody in between. */
export const InPerson = () => UseGuards(InPersonGuard);
