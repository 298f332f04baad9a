import { randomBytes } from 'node:crypto';
import { type CryptoKey, importJWK, SignJWT } from 'jose';
import type { Access } from './access.js';
import { type Clock, systemClock } from './clock.js';
import { formatSubject, type Principal } from './principal.js';
import { MAX_TOKEN_LIFETIME_SECONDS, MIN_TOKEN_LIFETIME_SECONDS, TOKEN_TYPE } from './registry-token-claims.js';
import { SIGNING_ALGORITHM, type SigningKey } from './signing-key.js';

export interface RegistryTokenSignerOptions {
  readonly issuer: string;
  /** The one audience that these tokens are for. */
  readonly service: string;
  /** The key to sign with now; asked for each token, so that a rotation needs no restart. */
  readonly signingKey: () => Promise<SigningKey>;
  readonly ttlSeconds: number;
  readonly clock?: Clock | undefined;
}

export interface RegistryTokenRequest {
  /** Null for an anonymous caller. */
  readonly principal: Principal | null;
  readonly credentialId: string | null;
  /** When that credential ends; null or absent when it does not. */
  readonly credentialExpiresAt?: Date | null;
  /** What was granted, already narrowed. */
  readonly access: readonly Access[];
}

export interface SignedRegistryToken {
  readonly token: string;
  readonly issuedAt: Date;
  readonly expiresInSeconds: number;
}

/** Signs the tokens that `/v2` accepts. Throws RangeError for a lifetime that clients or verifiers would refuse. */
export class RegistryTokenSigner {
  readonly #options: RegistryTokenSignerOptions;
  readonly #clock: Clock;
  #imported: { readonly kid: string; readonly key: Promise<CryptoKey> } | undefined;

  constructor(options: RegistryTokenSignerOptions) {
    const { ttlSeconds } = options;
    if (!(ttlSeconds >= MIN_TOKEN_LIFETIME_SECONDS && ttlSeconds <= MAX_TOKEN_LIFETIME_SECONDS)) {
      throw new RangeError(
        `registry tokens live ${MIN_TOKEN_LIFETIME_SECONDS} to ${MAX_TOKEN_LIFETIME_SECONDS} seconds, not ${ttlSeconds}`,
      );
    }
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  async sign(request: RegistryTokenRequest): Promise<SignedRegistryToken> {
    const { principal, credentialId, credentialExpiresAt = null, access } = request;
    const { issuer, service, signingKey, ttlSeconds } = this.#options;
    const signing = await signingKey();
    const issuedAtSeconds = Math.floor(this.#clock().getTime() / 1000);
    const expiresInSeconds = Math.floor(ttlSeconds);
    const token = await new SignJWT({
      ...(principal === null ? {} : { username: principal.name }),
      ...(credentialId === null ? {} : { credential: credentialId }),
      ...(credentialExpiresAt === null ? {} : { credential_exp: Math.floor(credentialExpiresAt.getTime() / 1000) }),
      access,
    })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: TOKEN_TYPE, kid: signing.kid })
      .setIssuer(issuer)
      .setSubject(formatSubject(principal))
      .setAudience(service)
      .setIssuedAt(issuedAtSeconds)
      .setNotBefore(issuedAtSeconds)
      .setExpirationTime(issuedAtSeconds + expiresInSeconds)
      .setJti(randomBytes(16).toString('base64url'))
      .sign(await this.#import(signing));
    return { token, issuedAt: new Date(issuedAtSeconds * 1000), expiresInSeconds };
  }

  #import({ kid, privateJwk }: SigningKey): Promise<CryptoKey> {
    if (this.#imported?.kid !== kid) this.#imported = { kid, key: importPrivateKey(privateJwk) };
    return this.#imported.key;
  }
}

async function importPrivateKey(jwk: SigningKey['privateJwk']): Promise<CryptoKey> {
  const key = await importJWK(jwk, SIGNING_ALGORITHM);
  if (key instanceof Uint8Array) throw new TypeError('not an asymmetric key');
  return key;
}
