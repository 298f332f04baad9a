import { randomUUID } from 'node:crypto';
import type { Digest } from '@stowage/oci';
import { type Blob, makeBlob, makeRandomBlob } from './random-blob.js';

export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json';
const LAYER_TYPE = 'application/vnd.oci.image.layer.v1.tar+gzip';

export interface Image {
  /** Its config and its layers. */
  readonly blobs: readonly Blob[];
  readonly manifest: Buffer;
  readonly digest: Digest;
}

/** An image that no other call gives: every blob of it is new to a registry. */
export function makeImage({ layers: count, layerBytes }: { layers: number; layerBytes: number }): Image {
  const created = {
    architecture: 'amd64',
    os: 'linux',
    author: randomUUID(),
    rootfs: { type: 'layers', diff_ids: [] },
  };
  const config = makeBlob(Buffer.from(JSON.stringify(created)));
  const layers = Array.from({ length: count }, () => makeRandomBlob(layerBytes));
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      config: describe(CONFIG_TYPE, config),
      layers: layers.map((layer) => describe(LAYER_TYPE, layer)),
    }),
  );
  return { blobs: [config, ...layers], manifest, digest: makeBlob(manifest).digest };
}

function describe(mediaType: string, blob: Blob): { mediaType: string; digest: string; size: number } {
  return { mediaType, digest: blob.digest, size: blob.size };
}
