import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** How much of a refused body is read and thrown away, so that a client that is still sending gets to the answer. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024;
const MAX_DISCARDING_MS = 30_000;

/** Reads on after a refusal, up to a limit of bytes and of time; then the connection is cut. */
export function discardRest({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.readableEnded || raw.destroyed) return;
  if (!reply.raw.shouldKeepAlive) closeAfterBody(raw);
  const late = setTimeout(() => raw.destroy(), MAX_DISCARDING_MS).unref();
  let discarded = 0;
  raw.on('data', (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded > MAX_DISCARDED_BYTES) raw.destroy();
  });
  raw.on('error', () => undefined); // @NOTE the client went away; it has been answered
  raw.on('close', () => clearTimeout(late));
  raw.resume();
}

/**
 * Lets a connection that ends with its answer (`Connection: close` or HTTP/1.0, which is how many proxies ask) live until
 * the body has been read: bytes that reach a closed socket make it a reset, which takes the answer along. RFC 9112, 9.6.
 */
function closeAfterBody(raw: IncomingMessage): void {
  const { socket } = raw;
  const destroySoon = socket.destroySoon.bind(socket);
  // Node calls this as soon as the answer is written.
  socket.destroySoon = () => {
    socket.end();
    finished(raw, () => destroySoon());
  };
}
