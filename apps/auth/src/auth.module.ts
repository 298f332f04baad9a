import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PasswordHasher, RegistryTokenSigner } from '@stowage/auth';
import {
  AccessTokenStore,
  FormerUsernames,
  JobSessionStore,
  RefreshTokenStore,
  RefusalLog,
  RobotSecretStore,
  SecondFactorStore,
  SigningKeyStore,
  StandingStore,
  TrustRuleCandidates,
} from '@stowage/metadata';
import { IdTokenVerifier, IssuerKeyCache, IssuerKeySource, IssuerPolicy } from '@stowage/oidc';
import { createPasswordCheck, FailureLog } from '@stowage/sign-in';
import { AUTH_OPTIONS, type AuthOptions } from './auth-options.js';
import { Authenticator } from './credentials/authenticator.js';
import { Jobs } from './credentials/jobs.js';
import { RobotSignIn } from './credentials/robot-sign-in.js';
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
    const jobs = createJobs(options);
    return {
      module: AuthModule,
      controllers: [TokenController, JwksController],
      providers: [
        { provide: APP_GUARD, useClass: DenyByDefaultGuard },
        { provide: AUTH_OPTIONS, useValue: options },
        { provide: SigningKeyStore, useValue: signingKeys },
        { provide: Authenticator, useValue: createAuthenticator(options, jobs) },
        { provide: TokenIssuer, useValue: createIssuer(options, { keys: signingKeys, jobs }) },
      ],
    };
  }
}

function createJobs({ database, logger, service, privateIssuers }: AuthOptions): Jobs {
  const policy = new IssuerPolicy(privateIssuers);
  return new Jobs({
    rules: new TrustRuleCandidates(database),
    sessions: new JobSessionStore(database),
    policy,
    verifier: new IdTokenVerifier(new IssuerKeyCache(new IssuerKeySource(policy))),
    logger,
    service,
  });
}

function createAuthenticator({ database, logger, publicUrl, service }: AuthOptions, jobs: Jobs): Authenticator {
  const failures = new FailureLog(new RefusalLog(database));
  return new Authenticator({
    accessTokens: new AccessTokenStore(database),
    formerUsernames: new FormerUsernames(database),
    refreshTokens: new RefreshTokenStore(database),
    jobs,
    secondFactors: new SecondFactorStore(database),
    check: createPasswordCheck(database, new PasswordHasher(), failures),
    failures,
    robots: new RobotSignIn({ secrets: new RobotSecretStore(database), failures, logger, service }),
    logger,
    publicUrl,
    service,
  });
}

function createIssuer(
  { database, publicUrl, service, tokenTtlSeconds }: AuthOptions,
  { keys, jobs }: { keys: SigningKeyStore; jobs: Jobs },
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
    jobs,
    signer,
    service,
  });
}
