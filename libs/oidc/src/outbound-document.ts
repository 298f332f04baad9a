import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { IssuerUnavailableError } from './issuer-unavailable.js';
import { isPublicAddress } from './public-address.js';
import { publicLookup, type Resolver } from './public-lookup.js';

export interface OutboundOptions {
  /** The operator vouches for this issuer: any address, any port, and `http`. */
  readonly isListed: boolean;
  readonly resolve?: Resolver | undefined;
  /** From the first step to the last byte. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 64 * 1024;

/**
 * GETs a JSON object of somebody else's server: no redirects, no compression, no proxy, 64 KiB and 5 seconds at most, and
 * without `isListed` only `https` on port 443 at public addresses. Throws IssuerUnavailableError.
 */
export async function fetchDocument(url: URL, options: OutboundOptions): Promise<Record<string, unknown>> {
  if (!options.isListed) refuseInside(url);
  const body = await read(url, options);
  let document: unknown;
  try {
    document = JSON.parse(body.toString('utf8'));
  } catch {
    // The parser's message would repeat what it read.
    throw new IssuerUnavailableError('answered with something else than JSON');
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new IssuerUnavailableError('answered with something else than JSON');
  }
  return document as Record<string, unknown>;
}

function refuseInside(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isOrdinary = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  // A literal address is never looked up, so the check of the lookup would not see it.
  if (!isOrdinary || (isIP(host) !== 0 && !isPublicAddress(host))) {
    throw new IssuerUnavailableError('is not at a public address');
  }
}

async function read(url: URL, { isListed, resolve, timeoutMs = TIMEOUT_MS }: OutboundOptions): Promise<Buffer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const request = (url.protocol === 'http:' ? http : https).request(url, {
    agent: false,
    signal,
    headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'stowage' },
    ...(isListed ? {} : { lookup: publicLookup(resolve) }),
  });
  try {
    const response = await new Promise<http.IncomingMessage>((done, fail) => {
      // Also for what comes after the answer has begun: an error that nobody hears would end the process.
      request.on('error', fail).on('response', done).end();
    });
    return await collect(response);
  } catch (cause) {
    if (cause instanceof IssuerUnavailableError) throw cause;
    throw new IssuerUnavailableError(signal.aborted ? 'took too long to answer' : 'could not be reached', { cause });
  } finally {
    request.destroy();
  }
}

async function collect(response: http.IncomingMessage): Promise<Buffer> {
  if (response.statusCode !== 200 || (response.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new IssuerUnavailableError('answered with an error');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > MAX_BYTES) throw new IssuerUnavailableError('answered with too much');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
