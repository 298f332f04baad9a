import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { NamedRoute } from '@stowage/contracts';
import { hashSecretToken, parseSecretToken } from '@stowage/auth';
import { AccessTokenStore, anonymousActor, type UserRecord, UserStore, userActor } from '@stowage/metadata';
import { IS_PUBLIC } from '@stowage/nest-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ActingSessions } from './acting-sessions.js';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { type ApiCaller, setCaller, signInNeeded } from './caller.js';
import { refuseLimitedToken } from './limited-token.js';
import { refuseUnnamedInput, routeOf } from './named-input.js';
import { refuseForeignOrigin } from './origin-check.js';
import { RequestLimits } from './request-limits.js';

/** Finds out who is asking; refuses nobody's requests unless the route is `@Public()`. */
@Injectable()
export class ApiGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
    @Inject(UserStore) private readonly users: UserStore,
    @Inject(AccessTokenStore) private readonly accessTokens: AccessTokenStore,
    @Inject(RequestLimits) private readonly limits: RequestLimits,
    @Inject(ActingSessions) private readonly acting: ActingSessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const route = routeOf(request);
    const caller = await this.#identify(request, route);
    await this.limits.countRequest(request, context.switchToHttp().getResponse<FastifyReply>(), caller);
    if (!caller) throw signInNeeded();
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!caller.user && !isPublic) throw signInNeeded();
    refuseLimitedToken(caller, request);
    setCaller(request, caller);
    refuseUnnamedInput(request, route);
    return true;
  }

  /** Null: the credentials are bad. */
  async #identify(request: FastifyRequest, route: NamedRoute): Promise<ApiCaller | null> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.#byToken(authorization, request);
    refuseForeignOrigin(request, this.options.publicUrl);
    return this.#bySession(request, route);
  }

  async #bySession(request: FastifyRequest, route: NamedRoute): Promise<ApiCaller> {
    const { userId, isActing } = request.session;
    const user = userId === undefined ? undefined : await this.users.findById(userId);
    const inPlace = user && isActing ? await this.acting.callerOf(request, user, route) : undefined;
    return inPlace ?? toCaller(request, user ?? null);
  }

  /** A bad token is refused, also where no credentials are needed. Registry tokens are nothing here. */
  async #byToken(header: string, request: FastifyRequest): Promise<ApiCaller | null> {
    const secret = parseSecretToken(/^Bearer (\S+)$/i.exec(header)?.[1] ?? '');
    const token =
      secret?.kind === 'access' ? await this.accessTokens.findUsable(hashSecretToken(secret.text)) : undefined;
    if (!token) return null;
    await this.accessTokens.touch(token.id, request.ip);
    return toCaller(request, token.user, { credentialId: token.id, grants: token.grants });
  }
}

function toCaller(
  request: FastifyRequest,
  user: UserRecord | null,
  token: Pick<ApiCaller, 'grants'> & { credentialId: string | null } = { credentialId: null, grants: null },
): ApiCaller {
  const { credentialId, grants } = token;
  const actor = user ? userActor(user, { credentialId, address: request.ip }) : anonymousActor(request.ip);
  return { user, grants, actor };
}
