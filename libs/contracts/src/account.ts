import { z } from 'zod';
import { emailSchema, passwordSchema, timestampSchema } from './names.js';

/** `POST /account/password` → 204. Ends every other session and every access token of the account. */
export const changePasswordSchema = z.strictObject({
  currentPassword: z.string().min(1, 'type the current password').max(1024),
  newPassword: passwordSchema,
});
export type ChangePassword = z.infer<typeof changePasswordSchema>;

/** `GET /account/email`. */
export const accountEmailSchema = z.object({
  email: z.string(),
  /** Null: nobody has shown that mail to it arrives. */
  verifiedAt: timestampSchema.nullable(),
  /** What it becomes when the letter that went there is answered. */
  pendingEmail: z.string().nullable(),
});
export type AccountEmail = z.infer<typeof accountEmailSchema>;

/** `POST /account/email` → 202. A letter with a link goes to the new address; until it is used nothing changes. */
export const changeEmailSchema = z.strictObject({ email: emailSchema });
export type ChangeEmail = z.infer<typeof changeEmailSchema>;

export const accountSessionSchema = z.object({
  id: z.string(),
  createdAt: timestampSchema,
  /** To the minute. */
  seenAt: timestampSchema,
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** The one that asks. */
  isCurrent: z.boolean(),
});
export type AccountSession = z.infer<typeof accountSessionSchema>;

/** `GET /account/sessions`; `DELETE` ends all others, `DELETE /account/sessions/{id}` one. */
export const accountSessionListSchema = z.object({ items: z.array(accountSessionSchema), nextCursor: z.null() });
export type AccountSessionList = z.infer<typeof accountSessionListSchema>;
