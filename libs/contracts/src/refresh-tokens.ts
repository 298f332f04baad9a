import { z } from 'zod';
import { timestampSchema } from './names.js';

/** What a client has kept of `docker login`: it gets tokens for the registry by itself until it is ended. */
export const refreshTokenSchema = z.object({
  id: z.uuid(),
  /** As the client calls itself, such as `docker`. */
  client: z.string(),
  /** The access token that it was made with and ends with; null for the password. */
  accessToken: z.string().nullable(),
  createdAt: timestampSchema,
  lastUsedAt: timestampSchema,
  lastUsedAddress: z.string().nullable(),
});
export type RefreshToken = z.infer<typeof refreshTokenSchema>;

/** `GET /account/refresh-tokens`: the hundred that were used last. */
export const refreshTokenListSchema = z.object({ items: z.array(refreshTokenSchema), nextCursor: z.null() });
export type RefreshTokenList = z.infer<typeof refreshTokenListSchema>;
