import { allowedActions, type NamespaceOperation, roleAllows } from '@stowage/auth';
import type { ReadOnlyModes, RepositoryListing, RepositoryListings, VisibleRepository } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import { isRepositoryName, type RepositoryName } from '@stowage/oci';
import type { ApiCaller } from '../access/caller.js';

export interface RepositoryParams {
  readonly namespace: string;
  readonly repository: string;
}

/** Finds a repository for a caller. One that the caller may not pull and a missing one are the same 404. */
export class RepositoryAccess {
  constructor(
    private readonly listings: RepositoryListings,
    private readonly modes: ReadOnlyModes,
  ) {}

  async visible(params: RepositoryParams, caller: ApiCaller): Promise<VisibleRepository> {
    return found(params, (name) => this.listings.identify(caller.user?.id ?? null, name));
  }

  /** With how many tags and bytes it has. */
  async described(params: RepositoryParams, caller: ApiCaller): Promise<RepositoryListing> {
    return found(params, (name) => this.listings.find(caller.user?.id ?? null, name));
  }

  /**
   * Throws 403 for somebody who sees the repository and may not do this, and `ReadOnlyError` for a route that changes content
   * while that is not possible.
   */
  async allowed(
    params: RepositoryParams,
    caller: ApiCaller,
    operation: NamespaceOperation,
  ): Promise<VisibleRepository> {
    const repository = await this.visible(params, caller);
    if (!mayDo(repository, operation)) {
      const standing = repository.role === null ? 'You are not a member' : `Your role is ${repository.role}`;
      throw new ProblemError(403, `${standing} of ${repository.namespace}, which does not allow this. Ask an owner.`);
    }
    if (caller.changesContent) await this.modes.refuseChange(repository.namespaceId);
    return repository;
  }
}

/** By role; what the registry has a right for (push, delete) by a grant as well. The caller sees the repository. */
export function mayDo(repository: VisibleRepository, operation: NamespaceOperation): boolean {
  if (operation !== 'push' && operation !== 'delete') return roleAllows(repository.role, operation);
  return allowedActions({ ...repository, exists: true }, 'user', { grants: null }).includes(operation);
}

async function found<Found>(
  { namespace, repository }: RepositoryParams,
  find: (name: RepositoryName) => Promise<Found | undefined>,
): Promise<Found> {
  const name = `${namespace}/${repository}`;
  const seen = isRepositoryName(name) ? await find(name) : undefined;
  if (!seen) throw notFound(`The repository ${name.slice(0, 200)}`);
  return seen;
}
