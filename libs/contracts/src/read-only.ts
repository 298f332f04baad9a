import { z } from 'zod';
import { timestampSchema } from './names.js';

/** Content may be read and not changed. */
export const readOnlyModeSchema = z.object({
  /** Null: the whole registry. */
  namespace: z.string().nullable(),
  message: z.string(),
  since: timestampSchema,
  /** Null: somebody who is gone. */
  setBy: z.string().nullable(),
});
export type ReadOnlyMode = z.infer<typeof readOnlyModeSchema>;

/** Of the whole registry first, then of namespaces by name. */
export const readOnlyModeListSchema = z.object({ items: z.array(readOnlyModeSchema), nextCursor: z.null() });
export type ReadOnlyModeList = z.infer<typeof readOnlyModeListSchema>;

/** What people read in the answer to a push and on pages: why, and until when. */
export const putReadOnlyModeSchema = z.strictObject({
  message: z
    .string()
    .trim()
    .min(1, 'say why, and until when')
    .max(300)
    // It is part of an answer to clients that print it on a terminal.
    .regex(/^[^\p{Cc}]*$/u, 'one line, without control characters'),
});
export type PutReadOnlyMode = z.infer<typeof putReadOnlyModeSchema>;
