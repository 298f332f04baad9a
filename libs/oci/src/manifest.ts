import { z } from 'zod';
import { annotationsSchema, type Descriptor, descriptorSchema } from './descriptor.js';
import { findJsonShapeFault } from './json-shape.js';
import { isIndexMediaType, isManifestMediaType, type ManifestMediaType } from './media-types.js';
import { OciError } from './oci-error.js';

/** A manifest larger than this is answered with 413. */
export const MAX_MANIFEST_BYTES = 8 * 1024 * 1024;
const MAX_INDEX_ENTRIES = 10_000;

const common = {
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  artifactType: z.string().max(255).optional(),
  subject: descriptorSchema.optional(),
  annotations: annotationsSchema.optional(),
};

const imageSchema = z.object({
  ...common,
  config: descriptorSchema,
  layers: z.array(descriptorSchema).max(MAX_INDEX_ENTRIES),
});

const indexSchema = z.object({ ...common, manifests: z.array(descriptorSchema).max(MAX_INDEX_ENTRIES) });

interface ParsedCommon {
  readonly mediaType: ManifestMediaType;
  readonly artifactType: string | undefined;
  readonly subject: Descriptor | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}
export interface ImageManifest extends ParsedCommon {
  readonly kind: 'image';
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}
export interface IndexManifest extends ParsedCommon {
  readonly kind: 'index';
  readonly manifests: readonly Descriptor[];
}
/** The parsed view of a manifest. The bytes stay the truth: they are stored and served untouched. */
export type Manifest = ImageManifest | IndexManifest;

/**
 * Reads the bytes of a pushed manifest under the `Content-Type` it came with.
 * Throws MANIFEST_INVALID for anything that two clients could read in two ways: duplicate members,
 * a `mediaType` that is not the Content-Type, the shape of an index in an image or the reverse (CVE-2021-41190).
 */
export function parseManifest(bytes: Uint8Array, contentType: string): Manifest {
  if (!isManifestMediaType(contentType)) {
    throw invalid(
      `unsupported manifest media type "${contentType.slice(0, 200)}"; push an OCI or Docker schema 2 manifest`,
    );
  }
  const json = parseStrictObject(bytes);
  if (json['mediaType'] !== undefined && json['mediaType'] !== contentType) {
    throw invalid("the manifest's mediaType is not the Content-Type it was pushed with");
  }
  return isIndexMediaType(contentType) ? toIndex(json, contentType) : toImage(json, contentType);
}

function parseStrictObject(bytes: Uint8Array): Record<string, unknown> {
  const fault = findJsonShapeFault(bytes);
  if (fault !== undefined) throw invalid(`the manifest's JSON is refused: ${fault}`);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw invalid('the manifest is not JSON', { cause });
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw invalid('the manifest is not a JSON object');
  return json as Record<string, unknown>;
}

function toImage(json: Record<string, unknown>, mediaType: ManifestMediaType): ImageManifest {
  if ('manifests' in json) throw invalid('an image manifest must not have "manifests"');
  const parsed = check(imageSchema, json);
  return { kind: 'image', ...commonOf(parsed, mediaType), config: parsed.config, layers: parsed.layers };
}

function toIndex(json: Record<string, unknown>, mediaType: ManifestMediaType): IndexManifest {
  if ('config' in json || 'layers' in json) throw invalid('an index must not have "config" or "layers"');
  const parsed = check(indexSchema, json);
  return { kind: 'index', ...commonOf(parsed, mediaType), manifests: parsed.manifests };
}

function commonOf(
  parsed: z.infer<typeof indexSchema> | z.infer<typeof imageSchema>,
  mediaType: ManifestMediaType,
): ParsedCommon {
  return {
    mediaType,
    artifactType: parsed.artifactType,
    subject: parsed.subject,
    annotations: parsed.annotations ?? {},
  };
}

function check<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw invalid(`manifest invalid at ${issue?.path.join('.') || 'its root'}: ${issue?.message ?? 'wrong shape'}`);
}

function invalid(message: string, options: ErrorOptions = {}): OciError {
  return new OciError('MANIFEST_INVALID', { message, ...options });
}
