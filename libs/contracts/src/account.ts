import { z } from 'zod';
import { passwordSchema, timestampSchema } from './names.js';

/** `POST /account/password` → 204. Ends every other session and every access token of the account. */
export const changePasswordSchema = z.strictObject({
  currentPassword: z.string().min(1, 'type the current password').max(1024),
  newPassword: passwordSchema,
});
export type ChangePassword = z.infer<typeof changePasswordSchema>;

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
