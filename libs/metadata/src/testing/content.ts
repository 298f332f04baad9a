import { createHash, randomBytes } from 'node:crypto';
import {
  type Digest,
  formatDigest,
  type Manifest,
  type ManifestMediaType,
  MEDIA_TYPES,
  parseManifest,
} from '@stowage/oci';

export interface TestBlob {
  readonly bytes: Buffer;
  readonly digest: Digest;
  readonly size: number;
}

export interface TestManifest {
  readonly mediaType: ManifestMediaType;
  readonly bytes: Buffer;
  readonly digest: Digest;
  readonly manifest: Manifest;
}

export interface TestImage extends TestManifest {
  /** Config first, then the layers. */
  readonly blobs: readonly TestBlob[];
}

const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** A blob of the given bytes, or of that many random ones: no two are the same. */
export function aBlob(content: Buffer | number = 100): TestBlob {
  const bytes = typeof content === 'number' ? randomBytes(content) : content;
  return { bytes, digest: sha256(bytes), size: bytes.length };
}

export function sha256(bytes: Buffer): Digest {
  return formatDigest('sha256', createHash('sha256').update(bytes).digest('hex'));
}

export interface ImageOptions {
  readonly layers?: number | readonly TestBlob[];
  readonly config?: TestBlob;
  /** Members that are added to the manifest. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A complete image with real digests; one layer unless it is told otherwise, and different from every other one. */
export function anImage({ layers = 1, config = aConfig(), extra = {} }: ImageOptions = {}): TestImage {
  const layerBlobs = typeof layers === 'number' ? Array.from({ length: layers }, () => aBlob()) : layers;
  const json = {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociManifest,
    config: descriptorOf(config, MEDIA_TYPES.ociConfig),
    layers: layerBlobs.map((layer) => descriptorOf(layer, LAYER)),
    ...extra,
  };
  return { ...toManifest(json, MEDIA_TYPES.ociManifest), blobs: [config, ...layerBlobs] };
}

export function anIndex(
  children: readonly TestManifest[],
  extra: Readonly<Record<string, unknown>> = {},
): TestManifest {
  const manifests = children.map((child) => descriptorOf({ ...child, size: child.bytes.length }, child.mediaType));
  const json = { schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex, manifests, ...extra };
  return toManifest(json, MEDIA_TYPES.ociIndex);
}

function aConfig(): TestBlob {
  const config = {
    architecture: 'amd64',
    os: 'linux',
    author: randomBytes(8).toString('hex'),
    rootfs: { type: 'layers' },
  };
  return aBlob(Buffer.from(JSON.stringify(config)));
}

function descriptorOf({ digest, size }: Pick<TestBlob, 'digest' | 'size'>, mediaType: string) {
  return { mediaType, digest, size };
}

function toManifest(json: object, mediaType: ManifestMediaType): TestManifest {
  const bytes = Buffer.from(JSON.stringify(json));
  return { mediaType, bytes, digest: sha256(bytes), manifest: parseManifest(bytes, mediaType) };
}
