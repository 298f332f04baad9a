import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { NamedRoute } from '@stowage/contracts';
import { IS_PUBLIC } from '@stowage/nest-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { type ApiCaller, setCaller, signInNeeded } from './caller.js';
import { refuseUnnamedInput, routeOf } from './named-input.js';
import { refuseForeignOrigin } from './origin-check.js';
import { RequestLimits } from './request-limits.js';
import { SessionCallers } from './session-callers.js';
import { TokenCallers } from './token-callers.js';

/** Finds out who is asking; refuses nobody's requests unless the route is `@Public()`. */
@Injectable()
export class ApiGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
    @Inject(SessionCallers) private readonly sessions: SessionCallers,
    @Inject(TokenCallers) private readonly tokens: TokenCallers,
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
    await this.tokens.refuseLimited(caller, request);
    setCaller(request, caller);
    refuseUnnamedInput(request, route);
    return true;
  }

  /** Null: the credentials are bad. */
  async #identify(request: FastifyRequest, route: NamedRoute): Promise<ApiCaller | null> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.tokens.callerOf(authorization, request);
    refuseForeignOrigin(request, this.options.publicUrl);
    return this.sessions.callerOf(request, route);
  }
}
