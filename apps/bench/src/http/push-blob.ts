import { Agent } from 'node:http';
import type { Blob } from '../random-blob.js';
import type { RegistryServer } from '../servers/registry-server.js';
import { nextLocation, sendRequest } from './send-request.js';

/** POST, one streamed PATCH and PUT on one connection, as Docker and containerd push a layer. */
export async function pushBlob(
  server: RegistryServer,
  blob: Blob,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const start = new URL(`/v2/${server.repository}/blobs/uploads/`, server.url);
    const begun = await sendRequest({ method: 'POST', url: start, headers, agent }, 202);
    const chunk = { ...headers, 'content-type': 'application/octet-stream' };
    const upload = { method: 'PATCH', url: nextLocation(begun, start), headers: chunk, body: blob.chunks(), agent };
    const appended = await sendRequest(upload, 202);
    const finish = nextLocation(appended, start);
    finish.searchParams.set('digest', blob.digest);
    await sendRequest({ method: 'PUT', url: finish, headers, agent }, 201);
  } finally {
    agent.destroy();
  }
}
