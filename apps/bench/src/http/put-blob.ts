import type { Agent } from 'node:http';
import type { Blob } from '../random-blob.js';
import type { RegistryServer } from '../servers/registry-server.js';
import { nextLocation, sendRequest } from './send-request.js';

/** POST and one PUT with the bytes, as clients push what is small. */
export async function putBlob(
  server: RegistryServer,
  blob: Blob,
  { headers, agent }: { readonly headers: Readonly<Record<string, string>>; readonly agent: Agent },
): Promise<void> {
  const start = new URL(`/v2/${server.repository}/blobs/uploads/`, server.url);
  const begun = await sendRequest({ method: 'POST', url: start, headers, agent }, 202);
  const url = nextLocation(begun, start);
  url.searchParams.set('digest', blob.digest);
  const upload = {
    ...headers,
    'content-type': 'application/octet-stream',
    'content-length': String(blob.size),
  };
  await sendRequest({ method: 'PUT', url, headers: upload, body: blob.chunks(), agent }, 201);
}
