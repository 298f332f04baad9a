import { MEDIA_TYPES } from '@stowage/oci';
import { type Blob, blobOf } from './blob.js';

/** An image manifest with its blobs, or an index with its manifests. */
export interface Artifact extends Blob {
  readonly mediaType: string;
  readonly blobs: readonly Blob[];
  readonly children: readonly Artifact[];
}

export function configOf(name: string): Blob {
  const rootfs = { type: 'layers', diff_ids: [] };
  return blobOf(Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux', author: name, rootfs })));
}

export function imageOf(config: Blob, layers: readonly Blob[]): Artifact {
  const mediaType = MEDIA_TYPES.ociManifest;
  const manifest = {
    schemaVersion: 2,
    mediaType,
    config: descriptorOf(config, MEDIA_TYPES.ociConfig),
    layers: layers.map((layer) => descriptorOf(layer, 'application/vnd.oci.image.layer.v1.tar+gzip')),
  };
  return { ...serialise(manifest), mediaType, blobs: [config, ...layers], children: [] };
}

export function indexOf(images: readonly Artifact[]): Artifact {
  const mediaType = MEDIA_TYPES.ociIndex;
  const manifests = images.map((image) => descriptorOf(image, image.mediaType));
  return { ...serialise({ schemaVersion: 2, mediaType, manifests }), mediaType, blobs: [], children: images };
}

/** With spaces, so that a registry which parses and prints again is found out. */
function serialise(json: object): Blob {
  return blobOf(Buffer.from(`${JSON.stringify(json, null, 2)}\n`));
}

function descriptorOf({ digest, bytes }: Blob, mediaType: string): object {
  return { mediaType, digest, size: bytes.length };
}
