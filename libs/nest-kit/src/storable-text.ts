import type { FastifyInstance } from 'fastify';
import { MalformedUrlError } from './http-errors.js';

/** Postgres holds neither a NUL nor half a surrogate pair; a request with one is refused before any query is made. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** Refuses a NUL in path or query, for every route of an app. */
export function refuseNulInUrl(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request) => {
    if (request.originalUrl.includes('%00')) throw new MalformedUrlError('the address holds a NUL');
  });
}
