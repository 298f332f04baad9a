import { Agent } from 'node:http';
import { sendRequest } from './http/send-request.js';
import { pushBlob } from './push-blob.js';
import { type Blob, makeBlob, makeRandomBlob } from './random-blob.js';
import type { RegistryServer } from './servers/registry-server.js';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
const LAYERS = 8;

export const TAG = 'latest';
export const ACCEPT_MANIFEST = { accept: MANIFEST };

/** An ordinary image of a few small layers under `TAG`, and the large blobs that are downloaded. */
export async function seed(server: RegistryServer, large: readonly Blob[]): Promise<void> {
  const headers = await server.authorize();
  const config = makeBlob(
    Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] } })),
  );
  const layers = Array.from({ length: LAYERS }, () => makeRandomBlob(1024));
  for (const blob of [config, ...layers, ...large]) await pushBlob(server, blob, headers);
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: describe(CONFIG, config),
      layers: layers.map((layer) => describe(LAYER, layer)),
    }),
  );
  const agent = new Agent();
  const url = new URL(`/v2/${server.repository}/manifests/${TAG}`, server.url);
  await sendRequest(
    { method: 'PUT', url, headers: { ...headers, 'content-type': MANIFEST }, body: [manifest], agent },
    201,
  );
}

function describe(mediaType: string, blob: Blob): { mediaType: string; digest: string; size: number } {
  return { mediaType, digest: blob.digest, size: blob.size };
}
