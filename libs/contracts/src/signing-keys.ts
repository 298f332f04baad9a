import { z } from 'zod';
import { timestampSchema } from './names.js';

/** `next` is published and signs later, `signing` signs now, `verifying` still verifies what it has signed. */
export const signingKeySchema = z.object({
  kid: z.string(),
  state: z.enum(['next', 'signing', 'verifying']),
  createdAt: timestampSchema,
  signsFrom: timestampSchema,
  /** Null while no successor has a time to begin. */
  verifiesUntil: timestampSchema.nullable(),
});
export type SigningKey = z.infer<typeof signingKeySchema>;

export const signingKeyListSchema = z.object({ items: z.array(signingKeySchema), nextCursor: z.null() });
export type SigningKeyList = z.infer<typeof signingKeyListSchema>;

/** `POST /admin/signing-keys`: the next key takes over, at once or when every verifier knows it. */
export const rotatedSigningKeySchema = z.object({ kid: z.string() });
export type RotatedSigningKey = z.infer<typeof rotatedSigningKeySchema>;
