import { z } from 'zod';
import { timestampSchema } from './names.js';

/** What is looked at: manifests without a tag, blobs of a repository, blobs of nobody, objects of storage. */
export const collectionQueueSchema = z.enum(['manifests', 'links', 'blobs', 'objects']);
export type CollectionQueue = z.infer<typeof collectionQueueSchema>;

export const collectionBacklogSchema = z.object({
  queue: collectionQueueSchema,
  /** Whose time has come. */
  due: z.int(),
  /** Whose delay is not over. */
  waiting: z.int(),
  /** How long the first of those that are due has waited. */
  oldestSeconds: z.number(),
});
export type CollectionBacklog = z.infer<typeof collectionBacklogSchema>;

export const collectionPauseSchema = z.object({
  /** Null: the account is gone. */
  pausedBy: z.string().nullable(),
  reason: z.string(),
  since: timestampSchema,
});
export type CollectionPause = z.infer<typeof collectionPauseSchema>;

export const freedDaySchema = z.object({ day: timestampSchema, bytes: z.number(), objects: z.int() });
export type FreedDay = z.infer<typeof freedDaySchema>;

/** `GET /admin/gc` */
export const collectionStatusSchema = z.object({
  /** Null while collectors are at work. */
  pause: collectionPauseSchema.nullable(),
  reviewDelaySeconds: z.number(),
  backlog: z.array(collectionBacklogSchema),
  /** Bytes of objects that no row names any more and that are still in storage. */
  removableBytes: z.number(),
  /** The last 30 days, in UTC, the oldest first. */
  freed: z.array(freedDaySchema),
});
export type CollectionStatus = z.infer<typeof collectionStatusSchema>;

/** `PUT /admin/gc/pause` */
export const putCollectionPauseSchema = z.strictObject({ reason: z.string().trim().min(1).max(500) });
export type PutCollectionPause = z.infer<typeof putCollectionPauseSchema>;

/** `POST /admin/gc/runs` */
export const startCollectionSchema = z.strictObject({ dryRun: z.boolean().default(false) });
export type StartCollection = z.infer<typeof startCollectionSchema>;

export const collectionCountsSchema = z.object({
  queue: collectionQueueSchema,
  reviewed: z.int(),
  deleted: z.int(),
  /** A push had it: looked at again. */
  postponed: z.int(),
  failures: z.int(),
});
export type CollectionCounts = z.infer<typeof collectionCountsSchema>;

export const collectionRunSchema = z.object({
  id: z.string(),
  /** `hourly`: the looks that come by themselves, one entry for each hour in which they did something. */
  kind: z.enum(['hourly', 'requested', 'dry-run']),
  requestedBy: z.string().nullable(),
  /** Null: it was over long ago. */
  state: z.enum(['queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled']).nullable(),
  /** Of a run that somebody asked for: its progress and log. */
  jobRunId: z.string().nullable(),
  error: z.string().nullable(),
  startedAt: timestampSchema,
  lastAt: timestampSchema,
  freedBytes: z.number(),
  queues: z.array(collectionCountsSchema),
});
export type CollectionRun = z.infer<typeof collectionRunSchema>;

const amountSchema = z.object({ manifests: z.int(), links: z.int(), objects: z.int(), bytes: z.number() });

/** What would go if nothing changed. */
export const collectionFindingsSchema = z.object({
  due: amountSchema,
  later: amountSchema,
  /** Those with the most bytes; bytes that leave their usage. */
  namespaces: z.array(z.object({ namespace: z.string(), dueBytes: z.number(), laterBytes: z.number() })),
});
export type CollectionFindings = z.infer<typeof collectionFindingsSchema>;

/** `GET /admin/gc/storage` */
export const storageFindingsSchema = z.object({
  /** Objects that no row names: seen once, and removed when a check sees them again a day later. */
  stray: z.int(),
  /** Blobs without an object, and blobs whose bytes have another digest. Absent on every door until a push repairs them. */
  missing: z.int(),
  damaged: z.int(),
  /** Lost ones first, 100 at most. */
  items: z.array(
    z.object({
      kind: z.enum(['stray', 'missing', 'damaged']),
      digest: z.string(),
      size: z.number(),
      firstSeen: timestampSchema,
    }),
  ),
});
export type StorageFindings = z.infer<typeof storageFindingsSchema>;

/** `POST /admin/gc/storage-checks`: the job run that tells how it goes. */
export const startedStorageCheckSchema = z.object({ id: z.string() });
export type StartedStorageCheck = z.infer<typeof startedStorageCheckSchema>;

/** `GET /admin/gc/runs/{id}` */
export const collectionRunDetailSchema = collectionRunSchema.extend({
  /** Of a dry run that is over. */
  findings: collectionFindingsSchema.nullable(),
});
export type CollectionRunDetail = z.infer<typeof collectionRunDetailSchema>;
