import { z } from 'zod';
import { timestampSchema } from './names.js';

/** Something that was deleted, and can come back until `purgeAfter`. Its bytes count in the quota until then. */
export const trashEntrySchema = z.object({
  id: z.string(),
  kind: z.enum(['tag', 'manifest', 'repository', 'namespace']),
  namespace: z.string(),
  /** Where a tag or an image was; of a repository its own name. Null for a namespace. */
  repository: z.string().nullable(),
  /** A tag, a digest, the name of a repository without its namespace, or of a namespace. */
  name: z.string(),
  digest: z.string().nullable(),
  /** Tags that went with an image. */
  tags: z.array(z.string()),
  /** Bytes of what it is, whether or not something else needs them as well. */
  sizeBytes: z.number().int(),
  deletedAt: timestampSchema,
  deletedBy: z.string().nullable(),
  purgeAfter: timestampSchema,
  /** The run that deleted it among others. */
  run: z.string().nullable(),
});
export type TrashEntry = z.infer<typeof trashEntrySchema>;

export const restoreSchema = z.strictObject({
  /** Of an image: leaves away tags that are taken by now, instead of refusing. */
  leaveTaken: z.boolean().optional(),
});
export type Restore = z.infer<typeof restoreSchema>;

/** Why an administrator reaches into somebody else's namespace: it stands in the namespace's log. */
const reasonSchema = z.string().trim().min(1).max(500);
export const managedRestoreSchema = restoreSchema.extend({ reason: reasonSchema });
export type ManagedRestore = z.infer<typeof managedRestoreSchema>;
export const managedPurgeSchema = z.strictObject({ reason: reasonSchema });
export type ManagedPurge = z.infer<typeof managedPurgeSchema>;

export const restoredSchema = z.object({
  /** What is there again, by its name. */
  target: z.string(),
  /** Tags that are still somebody else's. */
  left: z.array(z.string()),
});
export type RestoredView = z.infer<typeof restoredSchema>;

/** `progress`: it is large, and the rest goes in the background; nothing restores it any more. */
export const purgedSchema = z.object({ state: z.enum(['purged', 'progress']) });
export type Purged = z.infer<typeof purgedSchema>;

/** What a deletion would take, counted from the rows as they are now. */
export const deletePreviewSchema = z.object({
  /** Bytes that nothing else in the namespace needs: they leave its quota. */
  exclusiveBytes: z.number().int(),
  /** Bytes that stay, because something else in the namespace needs them as well. */
  sharedBytes: z.number().int(),
  repositories: z.number().int(),
  tags: z.number().int(),
  /** Of the tags, those that a rule of immutable tags holds: they go all the same, by the right to change the rules. */
  immutableTags: z.number().int(),
  /** Some of the tags, by name. */
  tagNames: z.array(z.string()),
  /** Images and indexes that go, those that only a deleted one needs included. */
  manifests: z.number().int(),
  /** Signatures, SBOMs and others that go with what they are about. */
  referrers: z.number().int(),
  /** Indexes that need the image: it can't be deleted while they are there. */
  neededBy: z.array(z.string()),
  /** The last moment at which it can be restored; null: not at all. */
  restorableUntil: timestampSchema.nullable(),
  /** When its bytes have left the quota at the latest, and the disk with them, unless somebody purges it before. */
  freedBy: timestampSchema,
});
export type DeletePreview = z.infer<typeof deletePreviewSchema>;

/** A change of a tag, as its history tells it. */
export const tagEventSchema = z.object({
  id: z.string(),
  kind: z.enum(['created', 'moved', 'deleted']),
  /** What the tag has pointed at since then; null for a deletion. */
  digest: z.string().nullable(),
  previousDigest: z.string().nullable(),
  /** Null: unknown. */
  by: z.string().nullable(),
  at: timestampSchema,
  /** Whether the image of `digest` is still there, so that the tag can be put back to it. */
  restorable: z.boolean(),
  /** Until when the image is kept at least; null: as long as something else needs it, or it is gone. */
  keptUntil: timestampSchema.nullable(),
});
export type TagEvent = z.infer<typeof tagEventSchema>;

export const restoreTagSchema = z.strictObject({ digest: z.string().max(200) });
export type RestoreTag = z.infer<typeof restoreTagSchema>;
