import { type Access, formatScopes, type RegistryTokenClaims } from '@stowage/auth';
import { LRUCache } from 'lru-cache';

interface Review {
  allows(claims: RegistryTokenClaims, required: readonly Access[]): Promise<boolean>;
}

const MAX_REMEMBERED = 10_000;
/** Rights that were taken away stop pulls within this time, however long the token goes on. */
const SETTLED_MS = 30_000;

/**
 * What the rows say about reads. The token service has asked them for a token that is new, and so has this for one that was
 * just looked at: a pull of many layers costs one question every half a minute, most pulls none. What nobody has signed in
 * for is allowed by the visibility alone, and one repository that is private again is so at once.
 */
export class ReadReview {
  readonly #allowed: LRUCache<string, true>;

  constructor(
    private readonly review: Review,
    private readonly now: () => number = Date.now,
  ) {
    this.#allowed = new LRUCache({ max: MAX_REMEMBERED, ttl: SETTLED_MS, ttlResolution: 0, perf: { now } });
  }

  async allows(claims: RegistryTokenClaims, required: readonly Access[]): Promise<boolean> {
    if (claims.principal === null) return this.review.allows(claims, required);
    if (this.now() - claims.issuedAt.getTime() < SETTLED_MS) return true;
    const key = `${claims.id} ${formatScopes(required)}`;
    if (this.#allowed.get(key) === true) return true;
    if (!(await this.review.allows(claims, required))) return false;
    this.#allowed.set(key, true);
    return true;
  }
}
