import type { HttpMethod } from './route.js';

/**
 * What a token must grant: `token` any valid one, also an anonymous caller's; the others an action on the repository
 * that the path names, or the catalog. `none`: no credentials are looked at.
 */
export type ProtocolRule = 'none' | 'credentials' | 'token' | 'catalog' | `repository: ${string}`;

/** A route that specifications define: where it is mounted, and what it needs. */
export interface ProtocolRoute {
  readonly method: HttpMethod;
  /** From the root. `{name}` is a repository name, slashes and all. */
  readonly path: `/${string}`;
  readonly access: ProtocolRule;
}

/** docker distribution, token authentication; RFC 6749; RFC 7517. */
export const TOKEN_ROUTES: readonly ProtocolRoute[] = [
  { method: 'GET', path: '/token', access: 'credentials' },
  { method: 'POST', path: '/token', access: 'credentials' },
  { method: 'GET', path: '/.well-known/jwks.json', access: 'none' },
  { method: 'HEAD', path: '/.well-known/jwks.json', access: 'none' },
];

/** distribution-spec. */
export const REGISTRY_ROUTES: readonly ProtocolRoute[] = [
  { method: 'GET', path: '/v2', access: 'token' },
  { method: 'HEAD', path: '/v2', access: 'token' },
  { method: 'GET', path: '/v2/_catalog', access: 'catalog' },
  { method: 'GET', path: '/v2/_oci/ext/discover', access: 'token' },
  { method: 'GET', path: '/v2/{name}/_oci/ext/discover', access: 'repository: pull' },
  { method: 'GET', path: '/v2/{name}/tags/list', access: 'repository: pull' },
  { method: 'GET', path: '/v2/{name}/referrers/{digest}', access: 'repository: pull' },
  { method: 'GET', path: '/v2/{name}/manifests/{reference}', access: 'repository: pull' },
  { method: 'HEAD', path: '/v2/{name}/manifests/{reference}', access: 'repository: pull' },
  { method: 'PUT', path: '/v2/{name}/manifests/{reference}', access: 'repository: push' },
  { method: 'DELETE', path: '/v2/{name}/manifests/{reference}', access: 'repository: delete' },
  { method: 'GET', path: '/v2/{name}/blobs/{digest}', access: 'repository: pull' },
  { method: 'HEAD', path: '/v2/{name}/blobs/{digest}', access: 'repository: pull' },
  { method: 'DELETE', path: '/v2/{name}/blobs/{digest}', access: 'repository: delete' },
  { method: 'POST', path: '/v2/{name}/blobs/uploads', access: 'repository: push' },
  { method: 'GET', path: '/v2/{name}/blobs/uploads/{id}', access: 'repository: push' },
  { method: 'PATCH', path: '/v2/{name}/blobs/uploads/{id}', access: 'repository: push' },
  { method: 'PUT', path: '/v2/{name}/blobs/uploads/{id}', access: 'repository: push' },
  { method: 'DELETE', path: '/v2/{name}/blobs/uploads/{id}', access: 'repository: push' },
];
