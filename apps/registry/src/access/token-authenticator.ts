import { createHash } from 'node:crypto';
import { InvalidTokenError, type RegistryTokenClaims, type RegistryTokenVerifier } from '@stowage/auth';
import { LRUCache } from 'lru-cache';

const MAX_REMEMBERED = 10_000;
/** A signing key that is taken away stops working within this time on every replica. */
const REMEMBER_MS = 30_000;

/** Verifies bearer tokens and remembers the verified ones for a short while: a pull sends the same token many times. */
export class TokenAuthenticator {
  readonly #verified = new LRUCache<string, RegistryTokenClaims>({ max: MAX_REMEMBERED, ttl: REMEMBER_MS });

  constructor(private readonly verifier: RegistryTokenVerifier) {}

  /** Undefined when the header carries no bearer token. Throws `InvalidTokenError`. */
  async authenticate(
    header: string | undefined,
    options: { readonly allowExpiredForSeconds: number },
  ): Promise<RegistryTokenClaims | undefined> {
    const token = bearerOf(header);
    if (token === undefined) return undefined;
    const key = createHash('sha256').update(token).digest('base64');
    const known = this.#verified.get(key);
    if (known && known.expiresAt.getTime() > Date.now()) return known;
    const claims = await this.verifier.verify(token, options);
    if (claims.expiresAt.getTime() > Date.now()) this.#verified.set(key, claims);
    return claims;
  }
}

/** Anything else than one bearer token is an error where a header is sent at all: it never turns into "anonymous". */
function bearerOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const match = /^Bearer ([\w.~+/=-]+)$/i.exec(header);
  if (!match) throw new InvalidTokenError('the Authorization header is not a bearer token');
  return match[1];
}
