import type { TrustRuleTest } from '@stowage/contracts';
import type { TrustRuleRecord } from '@stowage/metadata';
import {
  audiencesOf,
  type IdTokenClaims,
  type IdTokenVerifier,
  InvalidIdTokenError,
  type IssuerPolicy,
  IssuerUnavailableError,
  mismatchesOf,
  readClaims,
  textOf,
} from '@stowage/oidc';

/** Tells somebody who makes rules what they would say to a token. It keeps nothing of the token. */
export class TrustRuleTester {
  constructor(private readonly deps: { readonly policy: IssuerPolicy; readonly verifier: IdTokenVerifier }) {}

  async test(token: string, rules: readonly TrustRuleRecord[]): Promise<TrustRuleTest> {
    let claims: IdTokenClaims;
    try {
      claims = readClaims(token);
    } catch (error) {
      if (!(error instanceof InvalidIdTokenError)) throw error;
      return { problem: error.message, claims: null, rules: [] };
    }
    return {
      problem: await this.#problemOf(token, claims, rules),
      claims: textsOf(claims),
      rules: rules.map((rule) => ({ id: rule.id, name: rule.name, mismatches: mismatchesOf(rule, claims) })),
    };
  }

  /** Only an issuer that a rule names is asked: a pasted token can't send us anywhere else. */
  async #problemOf(token: string, claims: IdTokenClaims, rules: readonly TrustRuleRecord[]): Promise<string | null> {
    if (!rules.some(({ issuer }) => issuer === claims.iss)) return 'no rule of this namespace trusts its issuer';
    try {
      await this.deps.verifier.verify(token, this.deps.policy.parse(claims.iss));
      return null;
    } catch (error) {
      if (error instanceof InvalidIdTokenError) return error.message;
      if (error instanceof IssuerUnavailableError) return `the issuer ${error.fault}, so the token can't be proved`;
      throw error;
    }
  }
}

function textsOf(claims: IdTokenClaims): Record<string, string> {
  const entries = Object.entries(claims).map(([name, value]) => [name, textOf(value) ?? JSON.stringify(value)]);
  return { ...(Object.fromEntries(entries) as Record<string, string>), aud: audiencesOf(claims).join(', ') };
}
