import { covers, type Principal, type RegistryTokenClaims, repositoryAccess } from '@stowage/auth';
import type { Actor } from '@stowage/metadata';
import type { RepositoryName } from '@stowage/oci';
import type { FastifyRequest } from 'fastify';

/** Who sent a request that has passed the guard. */
export interface RegistryCaller {
  readonly claims: RegistryTokenClaims;
  readonly actor: Actor;
  /** The repository that the request names; absent for `/v2/` and the catalog. */
  readonly repository: RepositoryName | undefined;
}

const callers = new WeakMap<FastifyRequest, RegistryCaller>();

export function setCaller(request: FastifyRequest, caller: RegistryCaller): void {
  callers.set(request, caller);
}

export function callerOf(request: FastifyRequest): RegistryCaller {
  const caller = callers.get(request);
  if (!caller) throw new Error('the route is not behind the access guard');
  return caller;
}

/** Who has signed in. Before anything is written the guard has made sure that somebody has. */
export function principalOf(request: FastifyRequest): Principal {
  const { principal } = callerOf(request).claims;
  if (!principal) throw new Error('the route lets anonymous callers in');
  return principal;
}

export function repositoryOf(request: FastifyRequest): RepositoryName {
  const { repository } = callerOf(request);
  if (repository === undefined) throw new Error('the route names no repository');
  return repository;
}

/** Whether the token lets its caller push to the repository of the request. Before anything is written, the guard asks the rows. */
export function mayPush(request: FastifyRequest): boolean {
  return covers(callerOf(request).claims.access, [repositoryAccess(repositoryOf(request), ['push'])]);
}
