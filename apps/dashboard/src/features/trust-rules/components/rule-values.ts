import {
  type CreateTrustRule,
  claimConditionsSchema,
  createTrustRuleSchema,
  openToStrangers,
} from '@stowage/contracts';
import { type GrantDraft, grantsOf, validateGrants } from '../../../components/grants/grant-drafts';
import type { ClaimDraft, PresetName } from './presets';

export interface RuleFormValues {
  readonly preset: PresetName;
  readonly name: string;
  readonly issuer: string;
  readonly audience: string;
  readonly claims: readonly ClaimDraft[];
  readonly grants: readonly GrantDraft[];
}

export function toCreateRule(namespace: string, values: RuleFormValues): CreateTrustRule {
  const { name, issuer, audience, claims, grants } = values;
  return {
    name: name.trim(),
    issuer: issuer.trim(),
    audience: audience.trim(),
    claims: Object.fromEntries(claims.map(({ claim, pattern }) => [claim.trim(), pattern.trim()])),
    grants: grantsOf(namespace, grants),
  };
}

/** By the schema of the API and by what it says of issuers that everybody can use. */
export function validateRule(namespace: string, values: RuleFormValues): Record<string, string | undefined> {
  const rule = toCreateRule(namespace, values);
  const result = createTrustRuleSchema.safeParse(rule);
  const messageOf = (field: string) => result.error?.issues.find(({ path }) => path[0] === field)?.message;
  return {
    name: sentence(rule.name === '' ? 'give it a name' : messageOf('name')),
    issuer: sentence(messageOf('issuer')),
    audience: sentence(messageOf('audience')),
    claims: sentence(problemOfClaims(values.claims, rule)),
    grants: validateGrants(namespace, values.grants, { needsOne: true }),
  };
}

function problemOfClaims(drafts: readonly ClaimDraft[], { issuer, claims }: CreateTrustRule): string | undefined {
  const names = drafts.map(({ claim }) => claim.trim());
  if (new Set(names).size < names.length) return 'a claim is there twice: put both into one pattern, or make two rules';
  const empty = drafts.find(({ pattern }) => pattern.trim() === '');
  if (empty) return `say what ${empty.claim.trim() || 'the claim'} has to be`;
  return claimConditionsSchema.safeParse(claims).error?.issues[0]?.message ?? openToStrangers(issuer, claims);
}

function sentence(message: string | undefined): string | undefined {
  return message && message.charAt(0).toUpperCase() + message.slice(1);
}
