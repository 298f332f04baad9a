import { z } from 'zod';
import { passkeyProofSchema } from './passkeys.js';
import { userSchema } from './accounts.js';
import { acceptedTermsSchema } from './legal.js';
import { namespaceNameSchema, timestampSchema } from './names.js';

/** A service with which people sign in here. */
export const signInProviderSchema = z.object({
  id: z.enum(['github', 'google', 'gitlab', 'oidc']),
  /** What its button says after "Sign in with". */
  name: z.string(),
});
export type SignInProvider = z.infer<typeof signInProviderSchema>;
export const signInProviderListSchema = z.object({ items: z.array(signInProviderSchema) });
export type SignInProviderList = z.infer<typeof signInProviderListSchema>;

/** A path of this origin; nothing that a browser could take for another host. */
export const nextPathSchema = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])[^\\\p{Cc}]*$/u, 'a path of this site');

/** `POST /sign-in-providers/{provider}/attempts`: where to go after it, and whether a person whom the provider knows has to prove it once more. */
export const startProviderSignInSchema = z.strictObject({
  next: nextPathSchema.optional(),
  /** The code of an invitation, to the registry or to a namespace, for who has no account yet. */
  invitation: z.string().min(1).max(200).optional(),
  /** For who is asked whether it is still the same person. GitHub has no way to ask that. */
  again: z.boolean().optional(),
});
export type StartProviderSignIn = z.infer<typeof startProviderSignInSchema>;

/** Where to send the browser: the provider's own page. */
export const providerPageSchema = z.object({ url: z.url() });
export type ProviderPage = z.infer<typeof providerPageSchema>;

/** `POST /sign-in-attempts/completion`: what the provider appended to the address, and a second factor where one is needed. */
export const completeProviderSignInSchema = z.strictObject({
  state: z.string().min(1).max(200),
  code: z.string().min(1).max(4096).optional(),
  iss: z.string().max(255).optional(),
  error: z.string().max(200).optional(),
  totp: z.string().trim().min(1, 'type the code').max(100).optional(),
  passkey: passkeyProofSchema.optional(),
});
export type CompleteProviderSignIn = z.infer<typeof completeProviderSignInSchema>;

/** What has come of it. `new`: nobody has this identity; `POST /sign-in-attempts/account` makes the account. */
export const providerSignInSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('signed-in'), user: userSchema, next: z.string().nullable() }),
  z.object({ outcome: z.literal('linked'), provider: z.string() }),
  z.object({ outcome: z.literal('new'), provider: z.string(), email: z.string(), username: z.string() }),
]);
export type ProviderSignIn = z.infer<typeof providerSignInSchema>;

/** `POST /sign-in-attempts/account`: the name of the account for whoever the provider has just signed in. */
export const createProviderAccountSchema = z.strictObject({
  username: namespaceNameSchema,
  acceptedTerms: acceptedTermsSchema,
});
export type CreateProviderAccount = z.infer<typeof createProviderAccountSchema>;

export const externalIdentitySchema = z.object({
  id: z.uuid(),
  provider: z.string(),
  name: z.string().nullable(),
  createdAt: timestampSchema,
  lastUsedAt: timestampSchema.nullable(),
});
export type ExternalIdentity = z.infer<typeof externalIdentitySchema>;
export const externalIdentityListSchema = z.object({ items: z.array(externalIdentitySchema) });
export type ExternalIdentityList = z.infer<typeof externalIdentityListSchema>;

/** `POST /account/identities`. */
export const linkIdentitySchema = z.strictObject({ provider: signInProviderSchema.shape.id });
export type LinkIdentity = z.infer<typeof linkIdentitySchema>;
