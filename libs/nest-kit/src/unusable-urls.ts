import type { FastifyInstance } from 'fastify';
import { MalformedUrlError, UrlTooLongError } from './http-errors.js';

/** Path and query. Proxies have limits of this size as well, so that nothing works here that breaks elsewhere. */
const MAX_URL_LENGTH = 8 * 1024;

/** Refuses a long URL, and a NUL in path or query, for every route of an app and for unknown ones. */
export function refuseUnusableUrls(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async ({ originalUrl }) => {
    if (originalUrl.length > MAX_URL_LENGTH) {
      throw new UrlTooLongError(`the address has ${originalUrl.length} characters; ${MAX_URL_LENGTH} are accepted`);
    }
    if (originalUrl.includes('%00')) throw new MalformedUrlError('the address holds a NUL');
  });
}
