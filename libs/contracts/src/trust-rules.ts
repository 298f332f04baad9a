import { z } from 'zod';
import { accessGrantSchema, accessGrantsSchema } from './access-grants.js';
import { claimConditionsSchema } from './claim-conditions.js';
import { timestampSchema } from './names.js';

/** Which jobs of a CI system act in a namespace, and what they may do there. A rule is never changed. */
export const trustRuleSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The `iss` of the tokens, letter by letter. */
  issuer: z.string(),
  /** What their `aud` has to hold. */
  audience: z.string(),
  claims: claimConditionsSchema,
  grants: z.array(accessGrantSchema),
  createdAt: timestampSchema,
  lastUsedAt: timestampSchema.nullable(),
  /** The `sub` of the job that used it last. */
  lastUsedBy: z.string().nullable(),
});
export type TrustRule = z.infer<typeof trustRuleSchema>;

const printable = /^[\x21-\x7e]+$/;

/** `POST /namespaces/{namespace}/trust-rules`; a rule without a name gets one. */
export const createTrustRuleSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, 'give it a name')
    .max(60)
    .regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/, 'lower-case letters and digits, with single ".", "_" or "-" between')
    .optional(),
  issuer: z.string().max(255).regex(printable, 'the address of the issuer, such as https://gitlab.com'),
  audience: z.string().max(255).regex(printable, 'the audience that jobs ask their token for'),
  claims: claimConditionsSchema,
  grants: accessGrantsSchema.min(1, 'grant something'),
});
export type CreateTrustRule = z.infer<typeof createTrustRuleSchema>;

/** One condition of a trust rule that a token does not meet. */
export const trustRuleMismatchSchema = z.object({
  claim: z.string(),
  expected: z.string(),
  /** Null: the token has no such claim, or it is a list or an object. */
  actual: z.string().nullable(),
});
export type TrustRuleMismatch = z.infer<typeof trustRuleMismatchSchema>;

/** `POST /namespaces/{namespace}/trust-rules/test`: the token is looked at, and neither kept nor logged. */
export const testTrustRulesSchema = z.strictObject({ token: z.string().trim().min(1, 'paste a token').max(16_384) });
export type TestTrustRules = z.infer<typeof testTrustRulesSchema>;

export const trustRuleTestSchema = z.object({
  /** Null: the token is good, as far as its issuer goes. Else why no rule can let it in, whatever it claims. */
  problem: z.string().nullable(),
  /** What the token says, as text; proved only when there is no problem. Null for what is no token. */
  claims: z.record(z.string(), z.string()).nullable(),
  /** Every rule of the namespace; one without mismatches lets the job in, if there is no problem. */
  rules: z.array(z.object({ id: z.uuid(), name: z.string(), mismatches: z.array(trustRuleMismatchSchema) })),
});
export type TrustRuleTest = z.infer<typeof trustRuleTestSchema>;
