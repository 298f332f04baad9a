import { changesContent, type Grant } from '@stowage/contracts';
import { type Actor, anonymousActor, type UserRecord, userActor } from '@stowage/metadata';
import { ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { routeOf } from './named-input.js';

/** Who sent a request to the management API. */
export interface ApiCaller {
  /** Null: nobody has signed in. */
  readonly user: UserRecord | null;
  /** What the access token is limited to; null for a session and for a token without limits. */
  readonly grants: readonly Grant[] | null;
  readonly actor: Actor;
  /** By the route: read-only mode refuses the request once it is clear that the caller may do it otherwise. */
  readonly changesContent: boolean;
  /** Set when the user is not at the keyboard: an administrator is there in their place. */
  readonly acting?: { readonly administrator: UserRecord; readonly until: Date };
}

const callers = new WeakMap<FastifyRequest, ApiCaller>();

export function setCaller(request: FastifyRequest, caller: ApiCaller): void {
  callers.set(request, caller);
}

export function callerOf(request: FastifyRequest): ApiCaller {
  const caller = callers.get(request);
  if (!caller) throw new Error('the route is not behind the guard');
  return caller;
}

/** The signed-in user. Throws 401. */
export function userOf(request: FastifyRequest): UserRecord {
  const { user } = callerOf(request);
  if (!user) throw signInNeeded();
  return user;
}

/** Null for an access token: it comes without a session. */
export function sessionIdOf(request: FastifyRequest): string | null {
  return callerOf(request).actor.credentialId === null ? request.session.sessionId : null;
}

export function signInNeeded(): ProblemError {
  return new ProblemError(401, 'Sign in first, or send a valid access token as a bearer token.');
}

/** Somebody, or nobody, who speaks for themselves. */
export function toCaller(
  request: FastifyRequest,
  user: UserRecord | null,
  token: Pick<ApiCaller, 'grants'> & { credentialId: string | null } = { credentialId: null, grants: null },
): ApiCaller {
  const { credentialId, grants } = token;
  const actor = user ? userActor(user, { credentialId, address: request.ip }) : anonymousActor(request.ip);
  return { user, grants, actor, changesContent: changesContent(routeOf(request)) };
}
