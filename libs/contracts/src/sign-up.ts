import { z } from 'zod';
import { legalSchema } from './legal.js';
import { emailSchema, timestampSchema } from './names.js';

export const SIGN_UP_MODES = ['open', 'invite', 'closed'] as const;
const modeSchema = z.enum(SIGN_UP_MODES);
export type SignUpMode = z.infer<typeof modeSchema>;

/** `GET /admin/settings`. */
export const settingsSchema = z.object({
  signUp: z.object({
    /** Who may make an account now. */
    mode: modeSchema,
    /** What an administrator has chosen; null: what the environment says. */
    chosen: modeSchema.nullable(),
    /** `STOWAGE_SIGNUP`. */
    environment: modeSchema,
  }),
  legal: legalSchema,
});
export type Settings = z.infer<typeof settingsSchema>;

/** `PUT /admin/settings`; what is absent stays as it is. */
export const putSettingsSchema = z
  .strictObject({
    /** Null gives the decision back to the environment. */
    signUp: modeSchema.nullable().optional(),
    /** As a whole: what is null in it is told no more. */
    legal: legalSchema.optional(),
  })
  .refine(({ signUp, legal }) => signUp !== undefined || legal !== undefined, 'name what to change');
export type PutSettings = z.infer<typeof putSettingsSchema>;

/** `GET /admin/sign-up-invitations`: those that can be used. */
export const signUpInvitationSchema = z.object({
  id: z.uuid(),
  /** The one address that may use it; null: whoever has the link. */
  email: z.string().nullable(),
  invitedBy: z.string(),
  createdAt: timestampSchema,
  expiresAt: timestampSchema,
});
export type SignUpInvitation = z.infer<typeof signUpInvitationSchema>;

/** `POST /admin/sign-up-invitations`. With an address a letter goes there as well. */
export const createSignUpInvitationSchema = z.strictObject({
  email: emailSchema.nullable().default(null),
  expiresInDays: z.number().int().min(1).max(90).default(7),
});
export type CreateSignUpInvitation = z.input<typeof createSignUpInvitationSchema>;

/** The only answer that ever holds the link. */
export const createdSignUpInvitationSchema = signUpInvitationSchema.extend({ link: z.url() });
export type CreatedSignUpInvitation = z.infer<typeof createdSignUpInvitationSchema>;
