import { MEDIA_TYPES } from '../src/media-types.js';

export const SHA256 = `sha256:${'a1'.repeat(32)}`;
export const SHA512 = `sha512:${'b2'.repeat(64)}`;

const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

export function aDescriptor(overrides: object = {}): Record<string, unknown> {
  return { mediaType: LAYER, digest: SHA256, size: 10, ...overrides };
}

/** The JSON of an image manifest; a member that is undefined is left out. */
export function anImage(overrides: object = {}): Record<string, unknown> {
  const config = aDescriptor({ mediaType: MEDIA_TYPES.ociConfig });
  return { schemaVersion: 2, mediaType: MEDIA_TYPES.ociManifest, config, layers: [aDescriptor()], ...overrides };
}

export function anIndex(overrides: object = {}): Record<string, unknown> {
  const child = aDescriptor({ mediaType: MEDIA_TYPES.ociManifest, platform: { os: 'linux', architecture: 'amd64' } });
  return { schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex, manifests: [child], ...overrides };
}

export function bytesOf(json: unknown): Uint8Array {
  return new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json));
}

/** What a parser that throws `OciError` says: its code, or `ok`. Anything else it throws is a failure of the test. */
export function outcomeOf(parse: () => unknown): string {
  try {
    parse();
    return 'ok';
  } catch (error) {
    if (error instanceof Error && error.name === 'OciError') return (error as Error & { code: string }).code;
    throw error;
  }
}
