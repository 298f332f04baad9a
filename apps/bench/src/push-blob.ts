import { Agent } from 'node:http';
import { sendRequest } from './http/send-request.js';
import type { Blob } from './random-blob.js';
import type { RegistryServer } from './servers/registry-server.js';

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
    const upload = { method: 'PATCH', url: next(begun.location, start), headers: chunk, body: blob.chunks(), agent };
    const appended = await sendRequest(upload, 202);
    const finish = next(appended.location, start);
    finish.searchParams.set('digest', blob.digest);
    await sendRequest({ method: 'PUT', url: finish, headers, agent }, 201);
  } finally {
    agent.destroy();
  }
}

function next(location: string | undefined, base: URL): URL {
  if (location === undefined) throw new Error('no Location in the answer to an upload');
  return new URL(location, base);
}
