import { z } from 'zod';

/** They are checked by themselves, not by a rule's claims; `jti` is another one in every token. */
const CHECKED_ALWAYS = ['iss', 'aud', 'exp', 'nbf', 'iat', 'jti'];
const MAX_CLAIMS = 20;

const claimNameSchema = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9_.:/-]+$/, 'the name of a claim, such as repository or ref')
  .refine((name) => name !== '__proto__' && !CHECKED_ALWAYS.includes(name), 'this claim is checked by itself');

/** Exactly this value, or a pattern in which `*` stands for any characters. */
const claimPatternSchema = z
  .string()
  .min(1, 'a value, or a pattern with *')
  .max(255)
  .regex(/^[\x20-\x7e]+$/, 'letters, digits and signs of ASCII')
  .refine((pattern) => pattern.split('*').length <= 9, 'at most eight *');

/** Claim → value or pattern; a token has to meet all of them. */
export const claimConditionsSchema = z
  .record(claimNameSchema, claimPatternSchema)
  .refine((claims) => Object.keys(claims).length <= MAX_CLAIMS, `at most ${MAX_CLAIMS} claims`)
  .refine(
    (claims) => Object.values(claims).some((pattern) => /[^*]/.test(pattern)),
    'name at least one claim: everybody gets tokens of an issuer',
  );
export type ClaimConditions = z.infer<typeof claimConditionsSchema>;

/**
 * Issuers that give tokens to everybody in the world, and the claims of theirs that say whose job it is. `prefix` is what
 * stands before the owner's name and `:` or `/`; a number has to be given whole.
 */
const SHARED_ISSUERS: Readonly<Record<string, Readonly<Record<string, 'number' | 'name' | RegExp>>>> = {
  'https://token.actions.githubusercontent.com': {
    repository_owner_id: 'number',
    repository_id: 'number',
    repository_owner: 'name',
    repository: /^[^*/]+\//,
    sub: /^repo:[^*/:]+\//,
    job_workflow_ref: /^[^*/]+\//,
  },
  'https://gitlab.com': {
    namespace_id: 'number',
    project_id: 'number',
    namespace_path: /^[^*/]+(\/|$)/,
    project_path: /^[^*/]+\//,
    sub: /^project_path:[^*/:]+\//,
  },
};

/** Why these claims would let strangers in, or undefined: a shared issuer needs one that names an owner whole. */
export function openToStrangers(issuer: string, claims: ClaimConditions): string | undefined {
  const owners = Object.hasOwn(SHARED_ISSUERS, issuer) ? SHARED_ISSUERS[issuer] : undefined;
  if (!owners) return undefined;
  const isBound = Object.entries(owners).some(([claim, kind]) => {
    const pattern = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
    if (pattern === undefined) return false;
    return kind instanceof RegExp ? kind.test(pattern) : !pattern.includes('*');
  });
  if (isBound) return undefined;
  const names = Object.keys(owners).filter((name) => name !== 'sub');
  return `everybody gets tokens of this issuer: name the owner in ${names.slice(0, -1).join(', ')} or ${names.at(-1)}, without a * in its name`;
}
