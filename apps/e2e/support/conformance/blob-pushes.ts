import type { Content } from '../images.js';
import { insist, locationOf, type RegistryClient, withQuery } from '../registry-client.js';

/** Where a blob goes, and how many bytes a chunk of it has. */
export interface BlobPush {
  readonly client: RegistryClient;
  readonly repository: string;
  readonly blob: Content;
}

const BYTES = { 'content-type': 'application/octet-stream' };
const CHUNK = 1024;

/** Each way to push a blob, up to the request whose answer decides. Steps before it must succeed. */
export const BLOB_PUSHES: readonly (readonly [string, (push: BlobPush) => Promise<Response>])[] = [
  ['POST with all bytes', postOnly],
  ['POST, then PUT with all bytes', async (push) => put(push, await start(push), push.blob.bytes)],
  ['PATCH with all bytes as a stream', streamed],
  ['PATCH in chunks', async (push) => put(push, await inChunks(push, chunksOf(push.blob)))],
  ['PATCH in chunks, the last one with PUT', lastWithPut],
];

async function start({ client, repository }: BlobPush): Promise<string> {
  return client.startUpload(repository);
}

async function postOnly({ client, repository, blob }: BlobPush): Promise<Response> {
  const path = withQuery(`/v2/${repository}/blobs/uploads/`, { digest: blob.digest });
  return client.request('POST', path, { headers: BYTES, body: blob.bytes });
}

async function streamed(push: BlobPush): Promise<Response> {
  const response = await push.client.patch(await start(push), push.blob.bytes);
  await insist(response, 202);
  return put(push, locationOf(response));
}

async function put({ client, blob }: BlobPush, location: string, body?: Buffer<ArrayBuffer>): Promise<Response> {
  return client.finishUpload(location, blob.digest, body);
}

interface Chunk {
  readonly range: string;
  readonly bytes: Buffer<ArrayBuffer>;
}

export function chunksOf({ bytes }: Content, size = CHUNK): Chunk[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => {
    const chunk = bytes.subarray(at * size, (at + 1) * size);
    return { range: `${at * size}-${at * size + chunk.length - 1}`, bytes: chunk };
  });
}

/** Sends each of them; the answer is where to go on. */
export async function inChunks(push: BlobPush, chunks: readonly Chunk[], from?: string): Promise<string> {
  let location = from ?? (await start(push));
  for (const { range, bytes } of chunks) {
    const response = await push.client.patch(location, bytes, range);
    await insist(response, 202);
    location = locationOf(response);
  }
  return location;
}

async function lastWithPut(push: BlobPush): Promise<Response> {
  const chunks = chunksOf(push.blob);
  const last = chunks.pop();
  if (!last) throw new Error('a blob without bytes has no last chunk');
  const location = await inChunks(push, chunks);
  const headers = { ...BYTES, 'content-range': last.range };
  const path = withQuery(location, { digest: push.blob.digest });
  return push.client.request('PUT', path, { headers, body: last.bytes });
}
