import type { RepositoryName } from '@stowage/oci';
import { type Access, CATALOG_ACCESS, mergeAccess, repositoryAccess } from './access.js';

export interface ContentRoute {
  readonly kind: 'blob' | 'manifest' | 'tags' | 'referrers';
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly name: RepositoryName;
}

export interface UploadRoute {
  readonly kind: 'upload';
  readonly method: 'POST' | 'GET' | 'PATCH' | 'PUT' | 'DELETE';
  readonly name: RepositoryName;
  readonly mountFrom?: RepositoryName | undefined;
}

/** Every request that the registry answers, as far as access depends on it. */
export type RegistryRoute = { readonly kind: 'base' } | { readonly kind: 'catalog' } | ContentRoute | UploadRoute;

/** What a token must cover for the request. An empty list still needs a valid token. */
export function requiredAccess(route: RegistryRoute): Access[] {
  switch (route.kind) {
    case 'base':
      return [];
    case 'catalog':
      return [CATALOG_ACCESS];
    case 'upload':
      // Opening a session may tell whether a blob exists (mount), so it needs pull as well; feeding it tells nothing.
      return [repositoryAccess(route.name, route.method === 'POST' ? ['pull', 'push'] : ['push'])];
    case 'blob':
    case 'manifest':
    case 'tags':
    case 'referrers':
      return [contentAccess(route)];
  }
}

/** What a mount needs on its source for a 201. Not required: without it the answer is 202, as if nothing were there. */
export function mountSourceAccess(from: RepositoryName): Access[] {
  return [repositoryAccess(from, ['pull'])];
}

/**
 * What a challenge should tell the client to ask for: more than `requiredAccess`, because one token should serve the
 * whole push (pull beside push) and a mount (pull on the source).
 */
export function challengeAccess(route: RegistryRoute): Access[] {
  if (route.kind !== 'upload') return requiredAccess(route);
  const source = route.mountFrom === undefined ? [] : mountSourceAccess(route.mountFrom);
  return mergeAccess([repositoryAccess(route.name, ['pull', 'push']), ...source]);
}

function contentAccess({ method, name }: ContentRoute): Access {
  switch (method) {
    case 'GET':
    case 'HEAD':
      return repositoryAccess(name, ['pull']);
    case 'PUT':
      return repositoryAccess(name, ['pull', 'push']);
    case 'DELETE':
      return repositoryAccess(name, ['delete']);
  }
}
