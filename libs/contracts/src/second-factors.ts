import { z } from 'zod';
import { timestampSchema } from './names.js';

export const passkeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Whether a service copies it to the person's other devices. */
  isSynced: z.boolean(),
  createdAt: timestampSchema,
  lastUsedAt: timestampSchema.nullable(),
});
export type Passkey = z.infer<typeof passkeySchema>;

/** `GET /account/second-factors`: what a sign-in asks for besides the password. */
export const secondFactorsSchema = z.object({
  /** Null: codes of an authenticator app are not asked for. */
  totp: z.object({ since: timestampSchema }).nullable(),
  passkeys: z.array(passkeySchema),
  recoveryCodesLeft: z.number().int(),
});
export type SecondFactors = z.infer<typeof secondFactorsSchema>;

/** `POST /account/totp/key`: a key for an authenticator app. It counts only after `PUT /account/totp`. */
export const totpKeySchema = z.object({
  /** Base32. */
  key: z.string(),
  /** `otpauth://…`: the text of a QR code. */
  uri: z.string(),
});
export type TotpKey = z.infer<typeof totpKeySchema>;

/** `PUT /account/totp`: the code proves that the app has the key. */
export const enableTotpSchema = z.strictObject({
  key: z.string().regex(/^[A-Z2-7]{32}$/, 'not a key of POST /account/totp/key'),
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'six digits'),
});
export type EnableTotp = z.infer<typeof enableTotpSchema>;

/** The only answer that ever holds recovery codes; null when those that there are go on counting. */
export const enabledTotpSchema = z.object({ recoveryCodes: z.array(z.string()).nullable() });
export type EnabledTotp = z.infer<typeof enabledTotpSchema>;

/** `POST /account/recovery-codes` → 201: all earlier ones stop to count. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;
