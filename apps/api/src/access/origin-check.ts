import { ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Cross-site request forgery: a browser says where a request comes from, and a request that changes something must come
 * from our own pages. Programs send neither header, but they have no cookie jar that somebody else could use; see
 * adr/0001. Throws 403.
 */
export function refuseForeignOrigin(request: FastifyRequest, publicUrl: URL): void {
  if (SAFE.has(request.method)) return;
  const { 'sec-fetch-site': site, origin } = request.headers;
  if (site === 'same-origin' || site === 'none') return;
  if (site === undefined && (origin === undefined || origin === publicUrl.origin)) return;
  throw new ProblemError(
    403,
    'This request comes from another site. Open the dashboard at its own address and try again.',
  );
}
