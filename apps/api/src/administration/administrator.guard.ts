import { type CanActivate, type ExecutionContext, Injectable, UseGuards } from '@nestjs/common';
import { ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { userOf } from '../access/caller.js';

@Injectable()
export class AdministratorGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const user = userOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (!user.isAdmin) throw new ProblemError(403, 'Only an administrator of this registry may do this.');
    return true;
  }
}

/** Routes for administrators of the whole registry; anybody else is told so, signed out callers to sign in. */
export const ForAdministrators = () => UseGuards(AdministratorGuard);
