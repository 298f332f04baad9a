import type { Digest } from '@stowage/oci';
import { pushBlob } from './http/push-blob.js';
import { openConnection, pushImage } from './http/push-image.js';
import { makeImage, MANIFEST_TYPE } from './image.js';
import type { Blob } from './random-blob.js';
import type { RegistryServer } from './servers/registry-server.js';

const IMAGE = makeImage({ layers: 8, layerBytes: 1024 });

export const TAG = 'latest';
/** What `TAG` points at. */
export const DIGEST: Digest = IMAGE.digest;
export const ACCEPT_MANIFEST = { accept: MANIFEST_TYPE };

/** An ordinary image of a few small layers under `TAG`, and the large blobs that are downloaded. */
export async function seed(server: RegistryServer, large: readonly Blob[]): Promise<void> {
  const headers = await server.authorize();
  for (const blob of large) await pushBlob(server, blob, headers);
  const agent = openConnection();
  try {
    await pushImage(server, { image: IMAGE, tag: TAG }, { headers, agent });
  } finally {
    agent.destroy();
  }
}
