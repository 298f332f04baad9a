import { z } from 'zod';
import { timestampSchema, visibilitySchema } from './names.js';

export const repositorySchema = z.object({
  /** Without the namespace: `team/app` of `acme/team/app`. */
  name: z.string(),
  namespace: z.string(),
  description: z.string(),
  visibility: visibilitySchema,
  tagCount: z.number().int(),
  /** Bytes of distinct blobs and manifests of this repository. */
  sizeBytes: z.number().int(),
  lastPushedAt: timestampSchema.nullable(),
  createdAt: timestampSchema,
  /** What the caller may do here. */
  permissions: z.object({ push: z.boolean(), delete: z.boolean(), settings: z.boolean() }),
});
export type Repository = z.infer<typeof repositorySchema>;

export const createRepositorySchema = z.strictObject({
  name: z.string().min(1).max(200),
  description: z.string().max(1000).optional(),
  visibility: visibilitySchema.optional(),
});
export type CreateRepository = z.infer<typeof createRepositorySchema>;

export const updateRepositorySchema = z.strictObject({
  description: z.string().max(1000).optional(),
  visibility: visibilitySchema.optional(),
});
export type UpdateRepository = z.infer<typeof updateRepositorySchema>;

const platformSchema = z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() });
export type PlatformView = z.infer<typeof platformSchema>;

export const tagSchema = z.object({
  name: z.string(),
  digest: z.string(),
  mediaType: z.string(),
  kind: z.enum(['image', 'index', 'artifact']),
  /** Null for an image whose platform is only in its config. */
  platforms: z.array(platformSchema),
  /** Compressed bytes: manifest, config and layers; for an index, all its children. */
  sizeBytes: z.number().int(),
  pushedAt: timestampSchema,
  pushedBy: z.string().nullable(),
});
export type Tag = z.infer<typeof tagSchema>;

const layerSchema = z.object({
  /** Null for a step that changed only the config. */
  digest: z.string().nullable(),
  mediaType: z.string().nullable(),
  sizeBytes: z.number().int(),
  createdBy: z.string().nullable(),
  created: z.string().nullable(),
});
export type LayerView = z.infer<typeof layerSchema>;

const configSchema = z.object({
  created: z.string().nullable(),
  author: z.string().nullable(),
  user: z.string().nullable(),
  workingDir: z.string().nullable(),
  entrypoint: z.array(z.string()),
  cmd: z.array(z.string()),
  env: z.array(z.string()),
  exposedPorts: z.array(z.string()),
  volumes: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
});
export type ConfigView = z.infer<typeof configSchema>;

/** A child of an index. Attestations are folded under the platform they speak of (`attestationFor`). */
const childSchema = z.object({
  digest: z.string(),
  mediaType: z.string(),
  platform: platformSchema.nullable(),
  sizeBytes: z.number().int(),
  attestationFor: z.string().nullable(),
});
export type ManifestChild = z.infer<typeof childSchema>;

/** `GET …/manifests/{digest}`: everything the page of one image shows. */
export const manifestSchema = z.object({
  digest: z.string(),
  mediaType: z.string(),
  kind: z.enum(['image', 'index', 'artifact']),
  artifactType: z.string().nullable(),
  sizeBytes: z.number().int(),
  manifestBytes: z.number().int(),
  platform: platformSchema.nullable(),
  annotations: z.record(z.string(), z.string()),
  layers: z.array(layerSchema),
  config: configSchema.nullable(),
  configDigest: z.string().nullable(),
  children: z.array(childSchema),
  tags: z.array(z.string()),
  pushedAt: timestampSchema,
  pushedBy: z.string().nullable(),
});
export type ManifestView = z.infer<typeof manifestSchema>;
