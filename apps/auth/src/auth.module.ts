import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PasswordHasher, RegistryTokenSigner } from '@stowage/auth';
import {
  AccessTokenStore,
  RefreshTokenStore,
  RefusalLog,
  SecondFactorStore,
  SigningKeyStore,
  StandingStore,
} from '@stowage/metadata';
import { createPasswordCheck, FailureLog } from '@stowage/sign-in';
import { AUTH_OPTIONS, type AuthOptions } from './auth-options.js';
import { Authenticator } from './credentials/authenticator.js';
import { DenyByDefaultGuard } from './deny-by-default.guard.js';
import { CurrentSigningKey } from './keys/current-signing-key.js';
import { JwksController } from './keys/jwks.controller.js';
import { TokenIssuer } from './token/token-issuer.js';
import { TokenController } from './token/token.controller.js';

/** The composition root of the token service. */
@Module({})
export class AuthModule {
  static with(options: AuthOptions): DynamicModule {
    const signingKeys = new SigningKeyStore(options.database);
    return {
      module: AuthModule,
      controllers: [TokenController, JwksController],
      providers: [
        { provide: APP_GUARD, useClass: DenyByDefaultGuard },
        { provide: AUTH_OPTIONS, useValue: options },
        { provide: SigningKeyStore, useValue: signingKeys },
        { provide: Authenticator, useValue: createAuthenticator(options) },
        { provide: TokenIssuer, useValue: createIssuer(options, signingKeys) },
      ],
    };
  }
}

function createAuthenticator({ database, logger, publicUrl, service }: AuthOptions): Authenticator {
  const failures = new FailureLog(new RefusalLog(database));
  return new Authenticator({
    accessTokens: new AccessTokenStore(database),
    refreshTokens: new RefreshTokenStore(database),
    secondFactors: new SecondFactorStore(database),
    check: createPasswordCheck(database, new PasswordHasher(), failures),
    failures,
    logger,
    publicUrl,
    service,
  });
}

function createIssuer(
  { database, publicUrl, service, tokenTtlSeconds }: AuthOptions,
  keys: SigningKeyStore,
): TokenIssuer {
  const current = new CurrentSigningKey(keys);
  const signer = new RegistryTokenSigner({
    issuer: publicUrl.origin, // the registry verifies exactly this
    service,
    signingKey: () => current.get(),
    ttlSeconds: tokenTtlSeconds,
  });
  return new TokenIssuer({
    standings: new StandingStore(database),
    refreshTokens: new RefreshTokenStore(database),
    signer,
    service,
  });
}
