import type { FastifyInstance } from 'fastify';

const METHODS = 'GET, POST, PUT, PATCH, DELETE';
const REQUEST_HEADERS = 'authorization, content-type, if-match, idempotency-key';
const ANSWER_HEADERS = 'etag, idempotency-replayed, retry-after, ratelimit, ratelimit-policy';
const PREFLIGHT_SECONDS = '600';

/**
 * Lets pages of the named origins read answers (Fetch standard, CORS protocol), for requests that carry an access token.
 * Cookies are never among what they may send: a page elsewhere is nobody until it has a token.
 */
export function allowOrigins(fastify: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !origins.includes(origin)) return undefined;
    void reply.headers({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': ANSWER_HEADERS,
    });
    if (request.method !== 'OPTIONS') return undefined;
    return reply
      .status(204)
      .headers({
        'access-control-allow-methods': METHODS,
        'access-control-allow-headers': REQUEST_HEADERS,
        'access-control-max-age': PREFLIGHT_SECONDS,
      })
      .send();
  });
}
