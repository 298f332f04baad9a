import { z } from 'zod';
import { emailSchema, roleSchema, timestampSchema } from './names.js';

/** An invitation as the owners of its namespace see it: without the link, which is shown when it is made. */
export const invitationSchema = z.object({
  id: z.uuid(),
  /** Null: whoever has the link may accept. */
  email: z.string().nullable(),
  role: roleSchema,
  invitedBy: z.string().nullable(),
  createdAt: timestampSchema,
  expiresAt: timestampSchema,
  isExpired: z.boolean(),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** `POST /namespaces/{namespace}/invitations`; with an address, a letter goes there and only its account may accept. */
export const createInvitationSchema = z.strictObject({
  email: emailSchema.optional(),
  role: roleSchema,
  expiresInDays: z.number().int().min(1).max(30).default(7),
});
export type CreateInvitation = z.input<typeof createInvitationSchema>;

/** The only answer that ever holds the link. */
export const createdInvitationSchema = invitationSchema.extend({ link: z.url() });
export type CreatedInvitation = z.infer<typeof createdInvitationSchema>;

/** `GET /invitations/{code}`: what somebody who has the link is invited to. */
export const invitationOfferSchema = z.object({
  namespace: z.string(),
  displayName: z.string(),
  role: roleSchema,
  invitedBy: z.string().nullable(),
  email: z.string().nullable(),
  expiresAt: timestampSchema,
});
export type InvitationOffer = z.infer<typeof invitationOfferSchema>;

/** `POST /invitations/{code}/accept`: where the caller is a member now, and as what. */
export const acceptedInvitationSchema = z.object({ namespace: z.string(), role: roleSchema });
export type AcceptedInvitation = z.infer<typeof acceptedInvitationSchema>;
