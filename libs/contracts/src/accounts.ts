import { z } from 'zod';
import { acceptedTermsSchema } from './legal.js';
import { legalLinksSchema } from './legal-links.js';
import { passkeyProofSchema } from './passkeys.js';
import { emailSchema, namespaceNameSchema, passwordSchema, timestampSchema } from './names.js';

export const userSchema = z.object({
  id: z.uuid(),
  username: z.string(),
  email: z.string(),
  isAdmin: z.boolean(),
  createdAt: timestampSchema,
});
export type User = z.infer<typeof userSchema>;

/** `POST /accounts` → 201 and a session cookie. */
export const signUpSchema = z.strictObject({
  username: namespaceNameSchema,
  email: emailSchema,
  password: passwordSchema,
  /** The code of an invitation, to the registry or to a namespace; needed where sign-up is by invitation. */
  invitation: z.string().min(1).max(200).optional(),
  acceptedTerms: acceptedTermsSchema,
});
export type SignUp = z.infer<typeof signUpSchema>;

/**
 * `POST /session`; `login` is a username or an e-mail address. Where there is a second factor, either `totp` or `passkey`
 * comes with the password. A passkey whose device has checked who holds it comes alone.
 */
export const signInSchema = z
  .strictObject({
    login: z.string().min(1).max(254).optional(),
    password: z.string().min(1).max(1024).optional(),
    /** A code of the authenticator app, or a recovery code. */
    totp: z.string().trim().min(1, 'type the code').max(100).optional(),
    passkey: passkeyProofSchema.optional(),
  })
  .superRefine(({ login, password, passkey }, { addIssue }) => {
    if (passkey && login === undefined && password === undefined) return;
    if (login === undefined) addIssue({ code: 'custom', path: ['login'], message: 'a username or an e-mail address' });
    if (password === undefined) addIssue({ code: 'custom', path: ['password'], message: 'the password' });
  });
export type SignIn = z.infer<typeof signInSchema>;

/**
 * `POST /session/confirmation` → 204: the person at the keyboard is still the one who signed in. One proof is enough; who
 * has signed in with a provider may know no password.
 */
export const confirmSessionSchema = z
  .strictObject({
    password: z.string().min(1, 'type your password').max(1024).optional(),
    /** A code of the authenticator app, or a recovery code. */
    totp: z.string().trim().min(1, 'type the code').max(100).optional(),
    /** As for a sign-in without a password. */
    passkey: passkeyProofSchema.optional(),
  })
  .refine((proofs) => Object.values(proofs).filter((proof) => proof !== undefined).length === 1, {
    message: 'send one of password, totp and passkey',
  });
export type ConfirmSession = z.infer<typeof confirmSessionSchema>;

/** `GET /session`, `POST /session` and `POST /accounts` answer with this; 401 when nobody is signed in. */
export const sessionSchema = z.object({
  user: userSchema,
  /** Set while an administrator is there in the user's place. */
  acting: z.object({ administrator: z.string(), until: timestampSchema }).optional(),
});
export type Session = z.infer<typeof sessionSchema>;

/** `GET /setup`, for everybody: what the sign-in pages have to offer. */
export const setupStateSchema = z.object({
  /** True until the first administrator exists; then `POST /setup` needs the code that the terminal printed. */
  administratorNeeded: z.boolean(),
  signUp: z.enum(['open', 'invite', 'closed']),
  /** Host and port that clients name in `docker login`. */
  registryHost: z.string(),
  /** Whether the caller has a session, so that a page need not ask `GET /session` for a 401. */
  signedIn: z.boolean(),
  publicUrl: z.string(),
  /** False: there is no mail server, so links wait for an administrator instead of being sent. */
  sendsMail: z.boolean(),
  legal: legalLinksSchema,
});
export type SetupState = z.infer<typeof setupStateSchema>;

/** `POST /setup` → 201 and a session cookie: creates the first administrator, once. */
export const createAdministratorSchema = signUpSchema
  .omit({ invitation: true, acceptedTerms: true })
  .extend({ code: z.string().min(1).max(200) });
export type CreateAdministrator = z.infer<typeof createAdministratorSchema>;
