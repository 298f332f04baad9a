import { createHash } from 'node:crypto';
import { ProblemError } from '@stowage/nest-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * The entity tag (RFC 9110, section 8.8.3) of what a request may change: it is another one when that is, and the same in
 * every process.
 */
export function entityTag(settings: object): string {
  const fields = Object.entries(settings).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `"${createHash('sha256').update(JSON.stringify(fields)).digest('base64url').slice(0, 27)}"`;
}

export function sendEntityTag(reply: FastifyReply, settings: object): void {
  reply.header('etag', entityTag(settings));
}

/**
 * What `If-Match` asks for (RFC 9110, section 13.1.1), to be checked under the lock of the change; undefined when nothing is
 * asked for. Throws 412: somebody else has changed it since the caller saw it.
 */
export function preconditionOf<T extends object>(request: FastifyRequest): ((current: T) => void) | undefined {
  const header = request.headers['if-match']?.trim();
  if (header === undefined || header === '*') return undefined;
  // A weak tag matches nothing here, as the section asks.
  const tags = new Set(header.split(',').map((tag) => tag.trim()));
  return (current) => {
    if (tags.has(entityTag(current))) return;
    throw new ProblemError(
      412,
      'Somebody else has changed these settings since you loaded them. Load them again, look at what is another thing now, and repeat your change.',
    );
  };
}
