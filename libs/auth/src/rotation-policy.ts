import { MAX_TOKEN_LIFETIME_SECONDS } from './registry-token-claims.js';

/** Longer than any verifier of ours keeps the key set (30 s), and than the set may be kept elsewhere (60 s). */
const LEAD_SECONDS = 90;
/** Clocks that differ, and a signer that has not noticed its successor yet. */
const MARGIN_SECONDS = 120;

export interface SigningKeyTimes {
  /** A key signs for this long. */
  readonly periodSeconds: number;
  /** A new key is published for this long before it signs, at least. */
  readonly leadSeconds: number;
  /** A key verifies for this long after its successor has begun to sign. */
  readonly graceSeconds: number;
}

/** A token may be used until its upload is over, so its key has to verify that long. */
export function signingKeyTimes(options: {
  readonly periodSeconds: number;
  readonly uploadTtlSeconds: number;
}): SigningKeyTimes {
  const { periodSeconds, uploadTtlSeconds } = options;
  return {
    periodSeconds,
    leadSeconds: Math.min(LEAD_SECONDS, periodSeconds),
    graceSeconds: uploadTtlSeconds + MAX_TOKEN_LIFETIME_SECONDS + MARGIN_SECONDS,
  };
}
