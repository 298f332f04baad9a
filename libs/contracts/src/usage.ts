import { z } from 'zod';
import { timestampSchema } from './names.js';
import { pageQuerySchema } from './page.js';
import { limitsSchema } from './plans.js';

const bytes = z.number().int();

/** `GET /namespaces/{namespace}/usage/summary`; bytes of distinct blobs and manifests, each counted once. */
export const usageSummarySchema = z.object({
  usedBytes: bytes,
  /** Set aside for open uploads. */
  reservedBytes: bytes,
  /** Null: no limit. */
  limitBytes: bytes.nullable(),
});
export type UsageSummary = z.infer<typeof usageSummarySchema>;

/** What a repository holds, each digest once. */
export const repositoryUsageSchema = z.object({
  repository: z.string(),
  /** Held by no other repository of the namespace. */
  exclusiveBytes: bytes,
  /** Held by others as well: deleting this one alone does not free it. */
  sharedBytes: bytes,
  manifestCount: z.number().int(),
});
export type RepositoryUsage = z.infer<typeof repositoryUsageSchema>;

/** A manifest with its children and referrers, and what would leave the usage without it. */
export const freeingManifestSchema = z.object({
  repository: z.string(),
  digest: z.string(),
  /** Twenty of them at most, the last moved first; none: it waits for garbage collection. */
  tags: z.array(z.string()),
  freedBytes: bytes,
  pushedAt: timestampSchema,
});
export type FreeingManifest = z.infer<typeof freeingManifestSchema>;

export const usageSampleSchema = z.object({ day: z.iso.date(), usedBytes: bytes });
export type UsageSample = z.infer<typeof usageSampleSchema>;

/** `GET /namespaces/{namespace}/usage`: exact at this moment. */
export const usageSchema = usageSummarySchema.extend({
  plan: z.string(),
  limits: limitsSchema,
  /** How many there are of what is limited one by one. */
  counts: z.object({
    privateRepositories: z.number().int(),
    members: z.number().int(),
    robots: z.number().int(),
  }),
  /** What the repositories would use if they shared nothing; less `usedBytes`, that is what sharing saves. */
  separateBytes: bytes,
  /** In the trash and nowhere else: counts until it is purged. */
  trashBytes: bytes,
  /** When the next of it is purged. */
  trashUntil: timestampSchema.nullable(),
  /** In no image any more: counts until garbage collection has looked at it. */
  unusedBytes: bytes,
  openUploads: z.number().int(),
  /** The first fifty of `GET …/usage/repositories`. */
  repositories: z.array(repositoryUsageSchema),
  /** Whose deletion would free most; the ten largest. */
  largest: z.array(freeingManifestSchema),
  /** Of the last ninety days, the oldest first; days on which nobody looked are missing. */
  samples: z.array(usageSampleSchema),
  /** By the last thirty days; null while there are too few samples. */
  growthBytesPerDay: bytes.nullable(),
  /** The day on which the storage is full if that goes on; null: not within ten years. */
  fullOn: z.iso.date().nullable(),
});
export type Usage = z.infer<typeof usageSchema>;

/** `GET /namespaces/{namespace}/usage/repositories`: those that hold most by themselves first. */
export const repositoryUsageQuerySchema = pageQuerySchema;

/** `POST /admin/usage-recounts`; of all namespaces unless one is named. */
export const requestRecountSchema = z.strictObject({ namespace: z.string().min(1).max(100).optional() });
export type RequestRecount = z.infer<typeof requestRecountSchema>;

/** The run that recounts; one that was asked for before and has not ended is the same. */
export const requestedRecountSchema = z.object({ id: z.uuid() });
export type RequestedRecount = z.infer<typeof requestedRecountSchema>;
