import type { Grant } from '@stowage/contracts';
import type { StandingStore } from '@stowage/metadata';
import { ProblemError } from '@stowage/nest-kit';
import { isRepositoryName, type RepositoryName } from '@stowage/oci';
import type { FastifyRequest } from 'fastify';
import type { ApiCaller } from './caller.js';

/**
 * A token that is limited to repositories reaches the management API only where a grant says `api`, and only the routes
 * of those repositories: it can't make itself a wider token. Deleting needs `delete` as well, as it does by the registry.
 * An old name is decided about as the present one that it leads to, there as well. Throws 403.
 */
export class LimitedTokens {
  constructor(private readonly standings: StandingStore) {}

  async refuse(caller: ApiCaller, request: FastifyRequest): Promise<void> {
    if (caller.grants === null) return;
    const name = await this.#presentName(caller, request);
    const granted = caller.grants
      .filter((grant) => name !== undefined && matches(grant, name))
      .flatMap(({ actions }) => actions);
    if (granted.includes('api') && (request.method !== 'DELETE' || granted.includes('delete'))) return;
    throw new ProblemError(403, 'This access token is limited and may not do this. Use one without limits.');
  }

  /** Of the repository that the path names; undefined when it names none. */
  async #presentName({ user }: ApiCaller, request: FastifyRequest): Promise<RepositoryName | undefined> {
    const { namespace, repository } = request.params as { namespace?: string; repository?: string };
    const asked = `${namespace ?? ''}/${repository ?? ''}`;
    if (!user || !isRepositoryName(asked)) return undefined;
    const [standing] = await this.standings.list([asked], { kind: 'user', id: user.id });
    return standing?.name;
  }
}

function matches({ repository }: Grant, name: string): boolean {
  return repository.endsWith('/*') ? name.startsWith(repository.slice(0, -1)) : repository === name;
}
