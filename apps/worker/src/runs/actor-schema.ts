import { z } from 'zod';

/** Who asked for a run, as the audit rows of what it does name them. */
export const actorSchema = z.object({
  kind: z.enum(['user', 'robot', 'rule']).nullable(),
  id: z.string().nullable(),
  name: z.string().nullable(),
  credentialId: z.string().nullable(),
  address: z.string().nullable(),
});
