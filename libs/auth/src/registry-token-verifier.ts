import { type CryptoKey, errors, type JWTPayload, jwtVerify } from 'jose';
import { type Clock, systemClock } from './clock.js';
import type { KeySet } from './key-set.js';
import {
  MAX_TOKEN_LIFETIME_SECONDS,
  payloadSchema,
  type RegistryTokenClaims,
  type RegistryTokenPayload,
  TOKEN_TYPE,
  toClaims,
} from './registry-token-claims.js';
import { SIGNING_ALGORITHM } from './signing-key.js';

const MAX_TOKEN_LENGTH = 16 * 1024;
const LEEWAY_SECONDS = 60;

/** The token proves nothing. `expired` is true only for a token that was ours and has had its time. */
export class InvalidTokenError extends Error {
  override name = 'InvalidTokenError';
  readonly expired: boolean;

  constructor(message: string, options: ErrorOptions & { readonly expired?: boolean } = {}) {
    super(message, options);
    this.expired = options.expired ?? false;
  }
}

export interface RegistryTokenVerifierOptions {
  readonly issuer: string;
  readonly service: string;
  readonly keys: Pick<KeySet, 'find'>;
  readonly clock?: Clock | undefined;
  readonly maxLifetimeSeconds?: number | undefined;
}

export interface VerifyOptions {
  /** Takes a token that ran out this long ago at most: a long upload outlives the token that began it, nothing else does. */
  readonly allowExpiredForSeconds?: number | undefined;
}

/**
 * Verifies the tokens that `RegistryTokenSigner` makes. Algorithm and keys are ours alone: of the header only `kid` is
 * read, to look it up in our own set. Throws InvalidTokenError; any other error means that the keys can't be had just now.
 */
export class RegistryTokenVerifier {
  readonly #options: RegistryTokenVerifierOptions;
  readonly #clock: Clock;
  readonly #maxLifetimeSeconds: number;

  constructor(options: RegistryTokenVerifierOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#maxLifetimeSeconds = options.maxLifetimeSeconds ?? MAX_TOKEN_LIFETIME_SECONDS;
  }

  async verify(token: string, { allowExpiredForSeconds = 0 }: VerifyOptions = {}): Promise<RegistryTokenClaims> {
    if (token.length > MAX_TOKEN_LENGTH) throw new InvalidTokenError('the token is too long');
    const now = this.#clock();
    const graceSeconds = LEEWAY_SECONDS + allowExpiredForSeconds;
    const verified = await this.#verifySignature(token, now, graceSeconds);
    const payload = payloadSchema.safeParse(verified);
    if (!payload.success) throw new InvalidTokenError('the token has malformed claims', { cause: payload.error });
    this.#checkTimes(payload.data, now.getTime() / 1000);
    return toClaims(payload.data);
  }

  async #verifySignature(token: string, currentDate: Date, clockTolerance: number): Promise<JWTPayload> {
    const { issuer, service } = this.#options;
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.#findKey(kid), {
        algorithms: [SIGNING_ALGORITHM],
        typ: TOKEN_TYPE,
        issuer,
        audience: service,
        requiredClaims: ['exp', 'nbf', 'iat', 'jti', 'sub'],
        currentDate,
        clockTolerance,
      });
      return payload;
    } catch (cause) {
      if (!(cause instanceof errors.JOSEError)) throw cause;
      throw new InvalidTokenError(cause.message, { cause, expired: cause instanceof errors.JWTExpired });
    }
  }

  async #findKey(kid: unknown): Promise<CryptoKey> {
    const key = typeof kid === 'string' ? await this.#options.keys.find(kid) : undefined;
    if (!key) throw new InvalidTokenError('the token is signed with a key that is not ours');
    return key;
  }

  /** The grace of an expired token must not stretch its start, so only `exp` is left to the tolerance above. */
  #checkTimes({ iat, nbf, exp }: RegistryTokenPayload, nowSeconds: number): void {
    if (Math.max(iat, nbf) > nowSeconds + LEEWAY_SECONDS) throw new InvalidTokenError('the token is not valid yet');
    const lifetimeSeconds = exp - iat;
    if (lifetimeSeconds <= 0 || lifetimeSeconds > this.#maxLifetimeSeconds) {
      throw new InvalidTokenError('the token has a lifetime that is not allowed');
    }
  }
}
