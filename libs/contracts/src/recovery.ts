import { z } from 'zod';
import { passwordSchema, timestampSchema } from './names.js';

const codeSchema = z.string().min(1).max(200);

/** `POST /password-resets` → 202, the same whether there is such an account. `login` is a username or an e-mail address. */
export const requestPasswordResetSchema = z.strictObject({ login: z.string().trim().min(1, 'type one').max(254) });
export type RequestPasswordReset = z.infer<typeof requestPasswordResetSchema>;

/** `POST /password-resets/complete` → 204. `code` is what stands behind the `#` of the link. Signs nobody in. */
export const completePasswordResetSchema = z.strictObject({ code: codeSchema, newPassword: passwordSchema });
export type CompletePasswordReset = z.infer<typeof completePasswordResetSchema>;

/** `POST /email-confirmations`, for the links of both a new account and a new address. */
export const confirmEmailSchema = z.strictObject({ code: codeSchema });
export type ConfirmEmail = z.infer<typeof confirmEmailSchema>;

export const confirmedEmailSchema = z.object({ username: z.string(), email: z.string() });
export type ConfirmedEmail = z.infer<typeof confirmedEmailSchema>;

/** `POST /admin/users/{username}/password-resets`: `mail` sends the link to the user, `show` answers with it. */
export const createPasswordResetSchema = z.strictObject({ delivery: z.enum(['mail', 'show']) });
export type CreatePasswordReset = z.infer<typeof createPasswordResetSchema>;

export const createdPasswordResetSchema = z.object({
  /** Null when it was sent. Shown once: only its hash is kept. */
  link: z.url().nullable(),
  expiresAt: timestampSchema,
});
export type CreatedPasswordReset = z.infer<typeof createdPasswordResetSchema>;

/** `GET /admin/pending-links`: links in letters that have not reached anybody. */
export const pendingLinkSchema = z.object({
  id: z.uuid(),
  /** Which letter carries it, such as `reset-password`. */
  letter: z.string(),
  recipient: z.string(),
  /** Whose account it is about, when it is about one. */
  username: z.string().nullable(),
  createdAt: timestampSchema,
  expiresAt: timestampSchema,
  /** How often the mail server was tried. */
  attempts: z.number().int(),
  /** Why the last attempt failed: a status of SMTP, or what kept us from one. */
  failure: z.string().nullable(),
});
export type PendingLink = z.infer<typeof pendingLinkSchema>;

/** `POST /admin/pending-links/{id}/reveal`. Who asks is written into the audit log. */
export const revealedLinkSchema = z.object({ link: z.url() });
export type RevealedLink = z.infer<typeof revealedLinkSchema>;
