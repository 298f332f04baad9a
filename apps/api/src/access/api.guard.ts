import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { NamedRoute } from '@stowage/contracts';
import { hashSecretToken, parseSecretToken } from '@stowage/auth';
import { AccessTokenStore } from '@stowage/metadata';
import { IS_PUBLIC } from '@stowage/nest-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { type ApiCaller, setCaller, signInNeeded, toCaller } from './caller.js';
import { refuseLimitedToken } from './limited-token.js';
import { refuseUnnamedInput, routeOf } from './named-input.js';
import { refuseForeignOrigin } from './origin-check.js';
import { RequestLimits } from './request-limits.js';
import { SessionCallers } from './session-callers.js';

/** Finds out who is asking; refuses nobody's requests unless the route is `@Public()`. */
@Injectable()
export class ApiGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
    @Inject(SessionCallers) private readonly sessions: SessionCallers,
    @Inject(AccessTokenStore) private readonly accessTokens: AccessTokenStore,
    @Inject(RequestLimits) private readonly limits: RequestLimits,
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
    return this.sessions.callerOf(request, route);
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
