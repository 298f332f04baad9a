import { z } from 'zod';
import { MAX_GLOBS, tagGlobSchema } from './tag-selectors.js';
import { deletePreviewSchema } from './trash.js';

/** What of a repository is to go: every condition that is given must hold. */
export const bulkFilterSchema = z
  .strictObject({
    /** Patterns of tags, such as `pr-*`. */
    tags: z.array(tagGlobSchema).max(MAX_GLOBS).optional(),
    /** Images that have no tag, are in no index and refer to nothing. */
    untagged: z.boolean().optional(),
    /** Pushed so long ago, at least. */
    olderThanDays: z.number().int().min(0).max(3650).optional(),
    /** Images that nobody has pulled since pulls are noted. */
    neverPulled: z.boolean().optional(),
  })
  .refine(({ tags, untagged }) => (tags?.length ?? 0) > 0 || untagged === true, {
    message: 'say which tags, or that images without one are meant',
    path: ['tags'],
  });
export type BulkFilter = z.infer<typeof bulkFilterSchema>;

export const bulkPreviewSchema = deletePreviewSchema.extend({
  /** Tags that the filter takes and a rule of immutable tags keeps. */
  keptTags: z.number().int(),
  /** False: there is more than a preview looks at; the numbers are of the first part. */
  isComplete: z.boolean(),
});
export type BulkPreview = z.infer<typeof bulkPreviewSchema>;
