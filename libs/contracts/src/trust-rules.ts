import { z } from 'zod';

/** One condition of a trust rule that a token does not meet. */
export const trustRuleMismatchSchema = z.object({
  claim: z.string(),
  expected: z.string(),
  /** Null: the token has no such claim, or it is a list or an object. */
  actual: z.string().nullable(),
});
export type TrustRuleMismatch = z.infer<typeof trustRuleMismatchSchema>;
