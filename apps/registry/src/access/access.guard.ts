import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  type Access,
  ChallengeError,
  challengeAccess,
  covers,
  InvalidTokenError,
  type RegistryRoute,
  type RegistryTokenClaims,
  requiredAccess,
} from '@stowage/auth';
import { type Actor, anonymousActor, ReadOnlyError } from '@stowage/metadata';
import type { FastifyRequest } from 'fastify';
import { credentialWarning } from '../warnings/credential-warning.js';
import { addWarning } from '../warnings/request-warnings.js';
import { REGISTRY_OPTIONS, type RegistryOptions } from '../registry-options.js';
import { AccessReview, type Verdict } from './access-review.js';
import { setCaller } from './caller.js';
import { DenialLog } from './denial-log.js';
import { type RouteKind, routeOfRequest } from './route-of-request.js';
import { TokenAuthenticator } from './token-authenticator.js';

const ROUTE_KIND = 'stowage:route-kind';

/** Says which kind of route a controller serves; one that does not say it can't be reached. */
export const Serves = (kind: RouteKind) => SetMetadata(ROUTE_KIND, kind);

type Decision = Pick<Verdict, 'isAllowed' | 'readOnly'>;

/** Lets a request through when its token covers it and the rows still agree: before anything is written at this moment, else as of late. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(REGISTRY_OPTIONS) private readonly options: RegistryOptions,
    @Inject(TokenAuthenticator) private readonly authenticator: TokenAuthenticator,
    @Inject(AccessReview) private readonly review: AccessReview,
    @Inject(DenialLog) private readonly denials: DenialLog,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const kind = this.reflector.getAllAndOverride<RouteKind | undefined>(ROUTE_KIND, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (kind === undefined) return false;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const route = routeOfRequest(kind, request);
    const claims = await this.#authenticate(request, route);
    const required = requiredAccess(route);
    const actor = actorOf(claims, request.ip);
    const verdict = await this.#decide(route, claims, required);
    if (!verdict.isAllowed) {
      await this.#recordDenial(claims, required, actor);
      throw this.#challenge(route, 'insufficient_scope');
    }
    // After the rights: whether a namespace is read-only is for those who may write to it.
    if (verdict.readOnly && changesContent(route)) throw new ReadOnlyError(verdict.readOnly);
    setCaller(request, { claims, repository: 'name' in route ? route.name : undefined, actor });
    addWarning(request, credentialWarning(claims, { publicUrl: this.options.publicUrl, now: new Date() }));
    return true;
  }

  async #decide(route: RegistryRoute, claims: RegistryTokenClaims, required: readonly Access[]): Promise<Decision> {
    if (!covers(claims.access, required)) return { isAllowed: false, readOnly: null };
    if (!isRead(route)) return this.review.decide(claims, required);
    return { isAllowed: await this.review.reads.allows(claims, required), readOnly: null };
  }

  /** A token may only be too narrow, and the client is about to get a wider one: that is no denial. Nor is anybody's without a name. */
  async #recordDenial(claims: RegistryTokenClaims, required: readonly Access[], actor: Actor): Promise<void> {
    if (claims.principal === null) return;
    const { reason } = await this.review.decide(claims, required);
    if (reason !== null) await this.denials.record(actor, required, reason);
  }

  async #authenticate(request: FastifyRequest, route: RegistryRoute): Promise<RegistryTokenClaims> {
    // A long upload outlives the token that began it: the session is bound to the principal, and the rows decide.
    const continuesUpload = route.kind === 'upload' && route.method !== 'POST';
    const allowExpiredForSeconds = continuesUpload ? this.options.uploadTtlSeconds : 0;
    let claims: RegistryTokenClaims | undefined;
    try {
      claims = await this.authenticator.authenticate(request.headers.authorization, { allowExpiredForSeconds });
    } catch (error) {
      if (error instanceof InvalidTokenError) throw this.#challenge(route, 'invalid_token');
      throw error;
    }
    if (!claims) throw this.#challenge(route);
    return claims;
  }

  #challenge(route: RegistryRoute, error?: 'invalid_token' | 'insufficient_scope'): ChallengeError {
    const realm = new URL('/token', this.options.publicUrl).href;
    return new ChallengeError({ realm, service: this.options.service, required: challengeAccess(route), error });
  }
}

function actorOf({ principal, credentialId }: RegistryTokenClaims, address: string): Actor {
  return principal ? { ...principal, credentialId, address } : anonymousActor(address);
}

/** Looking after an upload that is open changes nothing. */
function changesContent(route: RegistryRoute): boolean {
  return 'method' in route && route.method !== 'GET' && route.method !== 'HEAD';
}

function isRead(route: RegistryRoute): boolean {
  if (route.kind === 'base' || route.kind === 'catalog') return true;
  return route.kind !== 'upload' && (route.method === 'GET' || route.method === 'HEAD');
}
