import { z } from 'zod';
import { timestampSchema } from './names.js';

export const TOKEN_ACTIONS = ['pull', 'push', 'delete', 'api'] as const;

/** `ns/name`, `ns/*` or `ns/prefix/*`. */
export const grantSchema = z.strictObject({
  repository: z
    .string()
    .min(3)
    .max(255)
    .regex(/^[a-z0-9][a-z0-9._/-]*\/(\*|[a-z0-9._-]*[a-z0-9])$/, 'use ns/name, ns/* or ns/prefix/*'),
  actions: z.array(z.enum(TOKEN_ACTIONS)).min(1),
});
export type Grant = z.infer<typeof grantSchema>;

export const accessTokenSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The first characters of the secret, to recognise it by. */
  hint: z.string(),
  /** Null: everything that the owner may do. */
  grants: z.array(grantSchema).nullable(),
  createdAt: timestampSchema,
  expiresAt: timestampSchema.nullable(),
  lastUsedAt: timestampSchema.nullable(),
  /** From where it was used then. */
  lastUsedAddress: z.string().nullable(),
});
export type AccessToken = z.infer<typeof accessTokenSchema>;

/** `POST /access-tokens`; `expiresInDays` null means that it never expires. */
export const createAccessTokenSchema = z.strictObject({
  name: z.string().trim().min(1, 'give it a name').max(100),
  expiresInDays: z.number().int().min(1).max(3650).nullable().default(90),
  grants: z.array(grantSchema).min(1).max(100).optional(),
});
export type CreateAccessToken = z.input<typeof createAccessTokenSchema>;

/** The only answer that ever holds the secret. */
export const createdAccessTokenSchema = accessTokenSchema.extend({ secret: z.string() });
export type CreatedAccessToken = z.infer<typeof createdAccessTokenSchema>;
