import type { RegistryRoute } from '@stowage/auth';
import { isRepositoryName, parseRepositoryName, type RepositoryName } from '@stowage/oci';
import type { FastifyRequest } from 'fastify';

export type RouteKind = RegistryRoute['kind'];

/** The request as access sees it. Throws NAME_INVALID before anybody is asked for credentials. */
export function routeOfRequest(kind: RouteKind, request: FastifyRequest): RegistryRoute {
  if (kind === 'base' || kind === 'catalog') return { kind };
  const name = parseRepositoryName((request.params as { name: string }).name);
  const method = request.method as never;
  if (kind !== 'upload') return { kind, method, name };
  return { kind, method, name, mountFrom: mountFromOf(request) };
}

/** `from` of a mount; a name that can't exist is as good as none. */
export function mountFromOf(request: FastifyRequest): RepositoryName | undefined {
  const { mount, from } = request.query as { mount?: unknown; from?: unknown };
  return mount !== undefined && typeof from === 'string' && isRepositoryName(from) ? from : undefined;
}
