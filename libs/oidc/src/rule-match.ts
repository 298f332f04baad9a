import type { TrustRuleMismatch } from '@stowage/contracts';
import { matchesPattern } from './claim-pattern.js';
import { audiencesOf, type IdTokenClaims } from './id-token.js';

/** What a trust rule asks of a token. */
export interface RuleConditions {
  readonly issuer: string;
  readonly audience: string;
  /** Claim → exact value, or a pattern with `*`. */
  readonly claims: Readonly<Record<string, string>>;
}

/** Every condition that the token does not meet, issuer and audience first; none: the rule lets it in. */
export function mismatchesOf(rule: RuleConditions, claims: IdTokenClaims): TrustRuleMismatch[] {
  const audiences = audiencesOf(claims);
  const list: TrustRuleMismatch[] = [];
  if (claims.iss !== rule.issuer) list.push({ claim: 'iss', expected: rule.issuer, actual: claims.iss });
  if (!audiences.includes(rule.audience)) {
    list.push({ claim: 'aud', expected: rule.audience, actual: audiences.join(', ') });
  }
  for (const [claim, expected] of Object.entries(rule.claims)) {
    const actual = textOf(Object.hasOwn(claims, claim) ? claims[claim] : undefined);
    if (actual === null || !matchesPattern(expected, actual)) list.push({ claim, expected, actual });
  }
  return list;
}

/** Numbers and truth values are compared as they are printed; a list or an object matches nothing. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
