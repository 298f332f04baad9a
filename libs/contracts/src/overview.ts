import { z } from 'zod';
import { timestampSchema } from './names.js';

/** `GET /admin/overview`: what the registry holds and whether it is well. */
export const overviewSchema = z.object({
  users: z.number().int(),
  namespaces: z.number().int(),
  repositories: z.number().int(),
  tags: z.number().int(),
  manifests: z.number().int(),
  blobs: z.number().int(),
  /** Of blobs, each counted once: what the storage holds. */
  storedBytes: z.number(),
  /** Of all namespaces; a blob counts in each that has it. */
  chargedBytes: z.number(),
  reservedBytes: z.number(),
  openUploads: z.number().int(),
  /** These counts may be half a minute old. */
  countedAt: timestampSchema,
  jobs: z.object({
    /** Runs and scheduled jobs that have failed and that nobody has seen to. */
    failed: z.number().int(),
    running: z.number().int(),
    waiting: z.number().int(),
    paused: z.number().int(),
    oldestWaitSeconds: z.number(),
  }),
  garbage: z.object({
    /** Reviews and removals whose time has come. */
    due: z.number().int(),
    oldestSeconds: z.number(),
  }),
});
export type Overview = z.infer<typeof overviewSchema>;
