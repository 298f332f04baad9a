import { createHash } from 'node:crypto';

/** So many times within so many seconds of the first. */
export interface RateLimit {
  /** The name of the limit and what it counts, apart from all others; holds no secret and nothing that was typed. */
  readonly key: string;
  readonly max: number;
  /** Of a window that begins; one that is open already keeps its end. */
  readonly windowSeconds: number;
}

/** Where a limit stands in the window that is open. */
export interface RateStanding {
  readonly limit: RateLimit;
  readonly count: number;
  /** Whole seconds until the window is over, 1 at least. */
  readonly endsInSeconds: number;
}

/** It has been more often than the limit allows: answered with 429 and `Retry-After`. */
export class RateLimitedError extends Error {
  override name = 'RateLimitedError';

  constructor(readonly standing: RateStanding) {
    super(`Too many requests. Try again in ${standing.endsInSeconds} seconds.`);
  }

  get retryAfterSeconds(): number {
    return this.standing.endsInSeconds;
  }
}

/** A key of fixed length that does not show what it counts, for addresses and names. */
export function hashedKey(name: string, counted: readonly string[]): string {
  return `${name}:${createHash('sha256').update(JSON.stringify(counted)).digest('base64url').slice(0, 22)}`;
}
