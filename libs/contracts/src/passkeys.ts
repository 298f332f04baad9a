import { z } from 'zod';
import { passkeySchema } from './second-factors.js';

const base64url = z
  .string()
  .max(20_000)
  .regex(/^[A-Za-z0-9_-]*$/, 'not base64url');

const credential = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.record(z.string().max(100), z.unknown()),
};

/** What a browser is asked for, as `PublicKeyCredential.parse…OptionsFromJSON` reads it (WebAuthn Level 3, section 5.1). */
export const webAuthnOptionsSchema = z.looseObject({ challenge: z.string() });
export type WebAuthnOptions = z.infer<typeof webAuthnOptionsSchema>;

/** `POST /account/passkeys/options` and `POST /session/passkey-options`. The challenge counts for five minutes. */
export const passkeyOptionsSchema = z.object({ options: webAuthnOptionsSchema });
export type PasskeyOptions = z.infer<typeof passkeyOptionsSchema>;

/** `RegistrationResponseJSON` of WebAuthn. */
export const passkeyCreationSchema = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(30)).max(10).optional(),
    authenticatorData: base64url.optional(),
    publicKey: base64url.optional(),
    publicKeyAlgorithm: z.number().int().optional(),
  }),
});

/** `AuthenticationResponseJSON` of WebAuthn. */
export const passkeyProofSchema = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
});
export type PasskeyProof = z.infer<typeof passkeyProofSchema>;

const passkeyNameSchema = z.string().trim().min(1, 'give it a name').max(100);

/** `POST /account/passkeys`. */
export const addPasskeySchema = z.strictObject({ name: passkeyNameSchema, response: passkeyCreationSchema });
export type AddPasskey = z.infer<typeof addPasskeySchema>;

/** The recovery codes are null when those that there are go on counting. */
export const addedPasskeySchema = z.object({
  passkey: passkeySchema,
  recoveryCodes: z.array(z.string()).nullable(),
});
export type AddedPasskey = z.infer<typeof addedPasskeySchema>;

/** `PATCH /account/passkeys/{id}`. */
export const renamePasskeySchema = z.strictObject({ name: passkeyNameSchema });
export type RenamePasskey = z.infer<typeof renamePasskeySchema>;
