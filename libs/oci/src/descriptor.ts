import { z } from 'zod';
import { type Digest, isDigest } from './digest.js';

/** The largest size that a JSON number can hold exactly. */
const size = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

const digest = z.custom<Digest>((value) => typeof value === 'string' && isDigest(value), 'not a digest');

export const platformSchema = z.looseObject({
  architecture: z.string().max(100),
  os: z.string().max(100),
  variant: z.string().max(100).optional(),
  'os.version': z.string().max(200).optional(),
});

export const annotationsSchema = z.record(z.string(), z.string());

/** image-spec, "OCI Content Descriptors". Unknown members are kept out of the parsed view, never out of the bytes. */
export const descriptorSchema = z.object({
  mediaType: z.string().min(1).max(255),
  digest,
  size,
  urls: z.array(z.string()).optional(),
  annotations: annotationsSchema.optional(),
  artifactType: z.string().max(255).optional(),
  platform: platformSchema.optional(),
});

export type Platform = z.infer<typeof platformSchema>;
export type Descriptor = z.infer<typeof descriptorSchema>;
