import { type Digest, isDigest, type TagName } from '@stowage/oci';
import { digestOf } from '../content/blob.js';
import type { Answer, Outcome, Request } from '../history/operation.js';
import type { Exchange } from './exchange.js';

type Answered = Extract<Exchange, { kind: 'answered' }>;

const READS = new Set(['get-manifest', 'head-manifest', 'list-tags', 'get-blob', 'head-blob', 'get-upload']);
const MAX_TEXT = 500;

/** What an answer says, and what it says about its request. */
export function readAnswer(request: Request, exchange: Answered): { type: Outcome; answer: Answer } {
  const answer = exchange.status < 400 ? acceptance(request, exchange) : refusal(exchange);
  return { type: outcomeOf(request, exchange), answer };
}

/** A read that finds nothing is an answer like any other; one of which the end is missing is none. */
function outcomeOf({ f }: Request, { status, isWhole }: Answered): Outcome {
  if (status >= 500) return 'info';
  if (READS.has(f)) return isWhole && (status < 300 || status === 404) ? 'ok' : isWhole ? 'fail' : 'info';
  return status < 300 ? 'ok' : 'fail';
}

function acceptance(request: Request, { status, headers, body, isWhole }: Answered): Answer {
  const named = headers['docker-content-digest'];
  const digest = typeof named === 'string' && isDigest(named) ? named : undefined;
  return {
    status,
    digest,
    offset: offsetOf(headers.range),
    ...(status === 202 ? { upload: headers.location?.split('/').at(-1) } : {}),
    ...(request.f === 'list-tags' && isWhole ? { tags: tagsOf(body) } : {}),
    ...(isWhole ? { damage: damageOf(request, { digest, body, length: headers['content-length'] }) } : {}),
  };
}

/** I4: bytes that a digest names have that digest, whoever names it. */
function damageOf(
  { f, key }: Request,
  { digest, body, length }: { digest: Digest | undefined; body: Buffer; length: string | undefined },
): string | undefined {
  if (!f.startsWith('get-') || f === 'get-upload') return undefined;
  const actual = digestOf(body);
  for (const promised of [key.digest, digest]) {
    if (promised !== undefined && promised !== actual) return `${body.length} bytes (of ${length}) are ${actual}`;
  }
  return digest === undefined ? 'no Docker-Content-Digest' : undefined;
}

function refusal({ status, headers, body }: Answered): Answer {
  const text = body.toString().slice(0, MAX_TEXT);
  const error = firstError(text);
  const missing = error?.detail?.digest;
  return {
    status,
    code: error?.code,
    missing: missing !== undefined && isDigest(missing) ? missing : undefined,
    offset: offsetOf(headers.range),
    retryAfter: headers['retry-after'],
    text,
  };
}

function firstError(text: string): { code?: string; detail?: { digest?: string } } | undefined {
  try {
    return (JSON.parse(text) as { errors?: { code?: string; detail?: { digest?: string } }[] }).errors?.[0];
  } catch {
    return undefined; // an answer to HEAD, or no error of the registry's
  }
}

function tagsOf(body: Buffer): TagName[] {
  return (JSON.parse(body.toString()) as { tags: TagName[] }).tags;
}

/** `0-0` stands for nothing received; no chunk of ours has a single byte. */
function offsetOf(range: string | string[] | undefined): number | undefined {
  const last = typeof range === 'string' ? /^0-(\d+)$/.exec(range)?.[1] : undefined;
  if (last === undefined) return undefined;
  return last === '0' ? 0 : Number(last) + 1;
}
