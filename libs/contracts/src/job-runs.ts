import { z } from 'zod';
import { timestampSchema } from './names.js';
import { pageQuerySchema } from './page.js';

export const JOB_RUN_STATES = ['queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled'] as const;
const stateSchema = z.enum(JOB_RUN_STATES);
export type JobRunState = z.infer<typeof stateSchema>;

/** Work that people may look at. */
export const jobRunSchema = z.object({
  id: z.uuid(),
  /** What it does, such as `bulk-delete`. */
  kind: z.string(),
  /** Null: of the whole registry, or of a namespace that is gone. */
  namespace: z.string().nullable(),
  /** What it works on, without the name of the namespace. */
  target: z.string(),
  /** Null: the registry itself, or somebody who is gone. */
  requestedBy: z.string().nullable(),
  state: stateSchema,
  /** What a run at work was asked for and does at its next item. */
  asked: z.enum(['pause', 'cancel']).nullable(),
  /** Items. */
  done: z.number(),
  /** Null: not known. */
  total: z.number().nullable(),
  /** What it has done, by names of its kind; those that end in `Bytes` are bytes. */
  counters: z.record(z.string(), z.number()),
  /** Why the last attempt failed. */
  error: z.string().nullable(),
  /** What really happened; null for everybody but administrators. */
  cause: z.string().nullable(),
  attempts: z.number().int(),
  /** Of a run that is queued. */
  nextAttemptAt: timestampSchema.nullable(),
  /** Read-only: it goes on when content may be changed again. */
  waitsFor: z.literal('read-only').nullable(),
  createdAt: timestampSchema,
  startedAt: timestampSchema.nullable(),
  finishedAt: timestampSchema.nullable(),
  /** Somebody has seen that it failed. */
  dismissedAt: timestampSchema.nullable(),
});
export type JobRun = z.infer<typeof jobRunSchema>;

/** `GET …/jobs/{id}`: with the last lines of its log, the oldest of them first. */
export const jobRunDetailSchema = jobRunSchema.extend({
  log: z.array(z.object({ at: timestampSchema, isWarning: z.boolean(), message: z.string() })),
});
export type JobRunDetail = z.infer<typeof jobRunDetailSchema>;

/** `GET /namespaces/{namespace}/jobs`: the newest first. */
export const jobRunQuerySchema = pageQuerySchema.extend({
  kind: z
    .string()
    .regex(/^[a-z-]+$/, 'the kind of a run, such as bulk-delete')
    .max(60)
    .optional(),
  state: stateSchema.optional(),
});
export type JobRunQuery = z.infer<typeof jobRunQuerySchema>;

/** `GET /admin/jobs`. */
export const registryJobRunQuerySchema = jobRunQuerySchema.extend({ namespace: z.string().min(1).max(63).optional() });
export type RegistryJobRunQuery = z.infer<typeof registryJobRunQuerySchema>;

export const JOB_RUN_WISHES = ['cancel', 'pause', 'resume', 'retry', 'dismiss'] as const;
export type JobRunWish = (typeof JOB_RUN_WISHES)[number];

/**
 * `PATCH …/jobs/{id}`. A run at work stops at its next item, within seconds. A retry goes on where the run has stopped;
 * dismissed is a failure that somebody has seen.
 */
export const changeJobRunSchema = z.strictObject({ wish: z.enum(JOB_RUN_WISHES) });
export type ChangeJobRun = z.infer<typeof changeJobRunSchema>;

/** A job that runs again and again. */
export const scheduledJobSchema = z.object({
  name: z.string(),
  everySeconds: z.number(),
  pausedAt: timestampSchema.nullable(),
  /** Of the turn at work, or of the last one. */
  startedAt: timestampSchema.nullable(),
  isRunning: z.boolean(),
  /** Of the last turn; null while one is at work, and before the first one. */
  durationSeconds: z.number().nullable(),
  /** `skipped`: passed over, because it is paused or the registry is read-only. */
  outcome: z.enum(['succeeded', 'failed', 'skipped']).nullable(),
  /** What the last turn that worked counted. */
  result: z.record(z.string(), z.number()),
  error: z.string().nullable(),
  /** In a row. */
  failures: z.number().int(),
  nextAt: timestampSchema.nullable(),
  waitsFor: z.literal('read-only').nullable(),
});
export type ScheduledJob = z.infer<typeof scheduledJobSchema>;

export const scheduledJobListSchema = z.object({ items: z.array(scheduledJobSchema), nextCursor: z.null() });
export type ScheduledJobList = z.infer<typeof scheduledJobListSchema>;

/** `PATCH /admin/scheduled-jobs/{name}`. */
export const changeScheduledJobSchema = z.strictObject({ paused: z.boolean() });
export type ChangeScheduledJob = z.infer<typeof changeScheduledJobSchema>;
