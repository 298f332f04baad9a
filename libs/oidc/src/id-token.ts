import { decodeJwt, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Issuer } from './issuer.js';
import type { IssuerKeyCache } from './issuer-key-cache.js';

/** Asymmetric ones only: RFC 8725, section 3.1. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const MAX_LENGTH = 16 * 1024;
/** Clocks of issuers are allowed to be this wrong. */
const LEEWAY_SECONDS = 60;
/** CI systems give a token for the length of a job at most. */
const MAX_LIFETIME_SECONDS = 24 * 60 * 60;

const nameSchema = z
  .string()
  .max(1024)
  .regex(/^[\x21-\x7e]+$/);

/** OpenID Connect Core 1.0, section 2; what else a CI system writes about the job is kept as it is. */
const claimsSchema = z.looseObject({
  iss: nameSchema,
  sub: z.string().min(1).max(1024),
  aud: z.union([nameSchema, z.array(nameSchema).min(1).max(100)]),
  exp: z.number(),
  iat: z.number(),
  nbf: z.number().optional(),
  jti: z.string().max(255).optional(),
});

export type IdTokenClaims = z.infer<typeof claimsSchema>;

/** The token proves nothing. The message is for the person who sent it and holds no part of the token. */
export class InvalidIdTokenError extends Error {
  override name = 'InvalidIdTokenError';
}

/** True for what may be an ID token: three parts with a JSON header. Nothing is proved. */
export function looksLikeIdToken(text: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}

/** What the token says of itself, not proved: to find out whom to ask. Throws InvalidIdTokenError. */
export function readClaims(token: string): IdTokenClaims {
  if (token.length > MAX_LENGTH) throw new InvalidIdTokenError('the token is too long');
  let payload: JWTPayload;
  try {
    payload = decodeJwt(token);
  } catch (cause) {
    throw new InvalidIdTokenError('this is not an ID token', { cause });
  }
  const claims = claimsSchema.safeParse(payload);
  if (claims.success) return claims.data;
  const [issue] = claims.error.issues;
  throw new InvalidIdTokenError(`the claim ${String(issue?.path[0])} is missing or not as it should be`);
}

export function audiencesOf({ aud }: IdTokenClaims): readonly string[] {
  return typeof aud === 'string' ? [aud] : aud;
}

/** Proves who made an ID token: OpenID Connect Core 1.0, section 3.1.3.7. Whom it is for, the caller has to check. */
export class IdTokenVerifier {
  constructor(
    private readonly keys: IssuerKeyCache,
    private readonly clock: () => Date = () => new Date(),
  ) {}

  /** Throws InvalidIdTokenError, and IssuerUnavailableError when the issuer's keys can't be had just now. */
  async verify(token: string, issuer: Issuer): Promise<IdTokenClaims> {
    const keys = await this.keys.get(issuer);
    try {
      return await this.#verifyWith(keys, token, issuer);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw toInvalid(error);
    }
    const newer = await this.keys.getNewer(issuer);
    if (!newer) throw new InvalidIdTokenError('the token is signed with a key that its issuer does not have');
    try {
      return await this.#verifyWith(newer, token, issuer);
    } catch (error) {
      throw toInvalid(error);
    }
  }

  async #verifyWith(keys: JWTVerifyGetKey, token: string, issuer: Issuer): Promise<IdTokenClaims> {
    const claims = readClaims(token);
    const currentDate = this.clock();
    const { protectedHeader } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer,
      currentDate,
      clockTolerance: LEEWAY_SECONDS,
    });
    // Another kind of token by the same issuer is no ID token, whatever it says: RFC 8725, section 3.11.
    if (!/^(application\/)?jwt$/i.test(protectedHeader.typ ?? 'JWT')) {
      throw new InvalidIdTokenError('this is another kind of token of this issuer');
    }
    if (claims.iat > currentDate.getTime() / 1000 + LEEWAY_SECONDS) {
      throw new InvalidIdTokenError('the token was issued in the future: a clock is wrong');
    }
    const lifetime = claims.exp - claims.iat;
    if (lifetime <= 0 || lifetime > MAX_LIFETIME_SECONDS) {
      throw new InvalidIdTokenError('the token is valid for longer than a day');
    }
    return claims;
  }
}

function toInvalid(cause: unknown): unknown {
  if (cause instanceof errors.JWTExpired) return new InvalidIdTokenError('the token has expired', { cause });
  if (cause instanceof errors.JWTClaimValidationFailed && cause.claim === 'nbf') {
    return new InvalidIdTokenError('the token is not valid yet: a clock is wrong', { cause });
  }
  if (cause instanceof errors.JWTClaimValidationFailed && cause.claim === 'iss') {
    return new InvalidIdTokenError('the token is of another issuer', { cause });
  }
  if (cause instanceof errors.JWKSNoMatchingKey) {
    return new InvalidIdTokenError('the token is signed with a key that its issuer does not have', { cause });
  }
  if (cause instanceof errors.JOSEError) return new InvalidIdTokenError('the signature is not valid', { cause });
  return cause;
}
