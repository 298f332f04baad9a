import type { Blobs } from '@stowage/distribution';
import type { BlobRecord } from '@stowage/metadata';
import type { ByteRange } from '@stowage/oci';
import type { FastifyReply } from 'fastify';
import { commonHeaders } from './common-headers.js';

export interface BlobAnswer {
  readonly blob: BlobRecord;
  readonly range: ByteRange | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Streams a blob straight into the socket. Storage writes with backpressure from large reused buffers, which is faster
 * than a stream in between. An error before the first byte is answered as usual; one after it breaks the connection,
 * because a short body must not look complete.
 */
export async function sendBlob(blobs: Blobs, reply: FastifyReply, { blob, range, headers }: BlobAnswer): Promise<void> {
  const { raw } = reply;
  raw.statusCode = range ? 206 : 200;
  for (const [name, value] of Object.entries({ ...headers, ...commonHeaders(reply.request) }))
    raw.setHeader(name, value);
  raw.setHeader('content-length', range ? range.last - range.first + 1 : blob.size);
  if (range) raw.setHeader('content-range', `bytes ${range.first}-${range.last}/${blob.size}`);
  try {
    await blobs.send(blob, raw, range ? { range } : {});
  } catch (error) {
    if (raw.headersSent || raw.destroyed) {
      reply.hijack();
      raw.destroy();
      return;
    }
    for (const name of raw.getHeaderNames()) raw.removeHeader(name);
    throw error;
  }
  await new Promise<void>((resolve) => {
    raw.once('close', resolve);
    raw.end(resolve);
  });
}
