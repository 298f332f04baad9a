import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  /** The first code of the error envelope. */
  readonly code: string | undefined;
}

export interface RequestOptions {
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: Buffer | string;
  /** Sends the body without `Content-Length`. */
  readonly isChunked?: boolean;
}

/** One request with the target exactly as it is written: nothing normalises it. */
export async function send(server: http.Server, line: string, options: RequestOptions = {}): Promise<Answer> {
  const [method, path] = line.split(' ', 2);
  const { port } = server.address() as AddressInfo;
  const { body, isChunked = false, headers = {} } = options;
  const length = body === undefined || isChunked ? {} : { 'content-length': Buffer.byteLength(body) };
  const request = http.request({ port, method, path, headers: { ...length, ...headers }, agent: false });
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  request.once('response', resolve).once('error', reject);
  if (isChunked) request.flushHeaders();
  request.end(body);
  const response = await promise;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  return { status: response.statusCode ?? 0, headers: response.headers, body: bytes, code: codeOf(bytes) };
}

function codeOf(body: Buffer): string | undefined {
  try {
    return (JSON.parse(body.toString()) as { errors?: { code?: string }[] }).errors?.[0]?.code;
  } catch {
    return undefined; // @NOTE blobs are no JSON
  }
}
