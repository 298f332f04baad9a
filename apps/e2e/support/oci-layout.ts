import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { digestHex, MEDIA_TYPES } from '@stowage/oci';
import { type BuiltManifest, type Content, describe, type Image, type Index } from './images.js';

/** Writes an OCI image layout (image-spec, "Image Layout") that holds one image or index under a tag. */
export function writeOciLayout(folder: string, tag: string, built: Image | Index): void {
  mkdirSync(path.join(folder, 'blobs/sha256'), { recursive: true });
  const put = ({ digest, bytes }: Content): void => {
    writeFileSync(path.join(folder, 'blobs/sha256', digestHex(digest)), bytes);
  };
  const images = 'images' in built ? built.images : [built];
  for (const image of images) for (const each of [image.config, ...image.layers, image.manifest]) put(each);
  put(built.manifest);
  writeFileSync(path.join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  writeFileSync(path.join(folder, 'index.json'), JSON.stringify(indexJson(tag, built.manifest)));
}

function indexJson(tag: string, manifest: BuiltManifest): object {
  return {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociIndex,
    manifests: [
      {
        ...describe(manifest, manifest.mediaType),
        annotations: { 'org.opencontainers.image.ref.name': tag },
      },
    ],
  };
}
