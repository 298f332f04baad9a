import { Agent } from 'node:http';
import { type Image, MANIFEST_TYPE } from '../image.js';
import type { RegistryServer } from '../servers/registry-server.js';
import { putBlob } from './put-blob.js';
import { sendRequest } from './send-request.js';

/** One connection, as long as it is used. */
export type Connection = Agent;

export function openConnection(): Connection {
  return new Agent({ keepAlive: true, maxSockets: 1 });
}

/** POST and PUT for each blob in turn, then the manifest under its tag: all on one connection. */
export async function pushImage(
  server: RegistryServer,
  { image, tag }: { readonly image: Image; readonly tag: string },
  { headers, agent }: { readonly headers: Readonly<Record<string, string>>; readonly agent: Connection },
): Promise<void> {
  for (const blob of image.blobs) await putBlob(server, blob, { headers, agent });
  await putManifest(server, { image, tag }, { headers, agent });
}

/** The last request of a push: what it names has to be there. */
export async function putManifest(
  server: RegistryServer,
  { image, tag }: { readonly image: Image; readonly tag: string },
  { headers, agent }: { readonly headers: Readonly<Record<string, string>>; readonly agent: Connection },
): Promise<void> {
  const url = new URL(`/v2/${server.repository}/manifests/${tag}`, server.url);
  const described = {
    ...headers,
    'content-type': MANIFEST_TYPE,
    'content-length': String(image.manifest.length),
  };
  await sendRequest({ method: 'PUT', url, headers: described, body: [image.manifest], agent }, 201);
}
