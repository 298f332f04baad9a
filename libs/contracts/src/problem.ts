import { z } from 'zod';
import { webAuthnOptionsSchema } from './passkeys.js';

/** RFC 9457. `errors` names each field that is wrong, so that a form can show the message beside it. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  requestId: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  /**
   * What a program may do about it. `confirmation-needed`: `POST /session/confirmation`, then the same again.
   * `second-factor-needed`: the same again with what `secondFactor` says.
   */
  reason: z.enum(['confirmation-needed', 'second-factor-needed']).optional(),
  /** Recovery codes stand in for either of them. */
  secondFactor: z
    .object({
      /** Whether there is an authenticator app. */
      totp: z.boolean(),
      /** What to ask the browser for; null without passkeys. */
      passkeyOptions: webAuthnOptionsSchema.nullable(),
    })
    .optional(),
});
export type Problem = z.infer<typeof problemSchema>;
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';
