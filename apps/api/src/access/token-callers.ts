import type { ModuleMetadata } from '@nestjs/common';
import { hashSecretToken, parseSecretToken } from '@stowage/auth';
import { AccessTokenStore, type Database, StandingStore } from '@stowage/metadata';
import type { FastifyRequest } from 'fastify';
import { type ApiCaller, toCaller } from './caller.js';
import { LimitedTokens } from './limited-token.js';

/** Who asks with an access token, and what its limits let through. */
export class TokenCallers {
  constructor(
    private readonly accessTokens: AccessTokenStore,
    private readonly limited: LimitedTokens,
  ) {}

  /** Null: a bad token is refused, also where no credentials are needed. Registry tokens are nothing here. */
  async callerOf(header: string, request: FastifyRequest): Promise<ApiCaller | null> {
    const secret = parseSecretToken(/^Bearer (\S+)$/i.exec(header)?.[1] ?? '');
    const token =
      secret?.kind === 'access' ? await this.accessTokens.findUsable(hashSecretToken(secret.text)) : undefined;
    if (!token) return null;
    await this.accessTokens.touch(token.id, request.ip);
    return toCaller(request, token.user, { credentialId: token.id, grants: token.grants });
  }

  /** Throws 403 for a token with limits that the request is outside of. */
  async refuseLimited(caller: ApiCaller, request: FastifyRequest): Promise<void> {
    await this.limited.refuse(caller, request);
  }
}

export function tokenCallerProviders(database: Database): NonNullable<ModuleMetadata['providers']> {
  const accessTokens = new AccessTokenStore(database);
  const limited = new LimitedTokens(new StandingStore(database));
  return [
    { provide: AccessTokenStore, useValue: accessTokens },
    { provide: TokenCallers, useValue: new TokenCallers(accessTokens, limited) },
  ];
}
