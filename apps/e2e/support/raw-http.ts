import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/**
 * One request whose bytes go out as they are: `fetch` would tidy up `..` and refuse the rest. With `authorization`
 * the caller decides what the registry learns about who asks.
 */
export async function rawRequest(
  url: string,
  method: string,
  target: string,
  authorization?: string,
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const lines = [`${method} ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close', 'Content-Length: 0'];
  if (authorization !== undefined) lines.push(`Authorization: ${authorization}`);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  const answer = await text(socket);
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  const body = /transfer-encoding: chunked/i.test(head) ? withoutChunks(rest.join('\r\n\r\n')) : rest.join('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body };
}

export interface CutRequest {
  readonly method: string;
  readonly path: string;
  readonly token: string;
  /** What the header promises. */
  readonly contentLength: number;
  /** What is sent before the connection is cut. */
  readonly bytes: Uint8Array;
}

/** Starts a request and cuts the connection after a part of its body. */
export async function cutRequest(url: string, request: CutRequest): Promise<void> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.on('error', () => {}); // the server may answer with a reset
  const head = [
    `${request.method} ${request.path} HTTP/1.1`,
    `Host: ${host}`,
    `Authorization: Bearer ${request.token}`,
    'Content-Type: application/octet-stream',
    `Content-Length: ${request.contentLength}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await new Promise<void>((resolve) => socket.write(request.bytes, () => resolve()));
  socket.destroy();
}

function withoutChunks(body: string): string {
  return body.replaceAll(/^[0-9a-f]+\r\n/gim, '').replaceAll('\r\n', '');
}
