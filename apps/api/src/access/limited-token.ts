import type { Grant } from '@stowage/contracts';
import { ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import type { ApiCaller } from './caller.js';

/**
 * A token that is limited to repositories reaches the management API only where a grant says `api`, and only the routes
 * of those repositories: it can't make itself a wider token. Deleting needs `delete` as well, as it does by the registry.
 * Throws 403.
 */
export function refuseLimitedToken(caller: ApiCaller, request: FastifyRequest): void {
  if (caller.grants === null) return;
  const { namespace, repository } = request.params as { namespace?: string; repository?: string };
  const name = namespace !== undefined && repository !== undefined ? `${namespace}/${repository}` : undefined;
  const granted = caller.grants
    .filter((grant) => name !== undefined && matches(grant, name))
    .flatMap(({ actions }) => actions);
  if (granted.includes('api') && (request.method !== 'DELETE' || granted.includes('delete'))) return;
  throw new ProblemError(403, 'This access token is limited and may not do this. Use one without limits.');
}

function matches({ repository }: Grant, name: string): boolean {
  return repository.endsWith('/*') ? name.startsWith(repository.slice(0, -1)) : repository === name;
}
