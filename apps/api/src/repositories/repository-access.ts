import { type NamespaceOperation, roleAllows } from '@stowage/auth';
import type { RepositoryListing, RepositoryListings } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import { isRepositoryName } from '@stowage/oci';
import type { ApiCaller } from '../access/caller.js';

export interface RepositoryParams {
  readonly namespace: string;
  readonly repository: string;
}

/** Finds a repository for a caller. One that the caller may not pull and a missing one are the same 404. */
export class RepositoryAccess {
  constructor(private readonly listings: RepositoryListings) {}

  async visible({ namespace, repository }: RepositoryParams, caller: ApiCaller): Promise<RepositoryListing> {
    const name = `${namespace}/${repository}`;
    const found = isRepositoryName(name) ? await this.listings.find(caller.user?.id ?? null, name) : undefined;
    if (!found) throw notFound(`The repository ${name.slice(0, 200)}`);
    return found;
  }

  /** Throws 403 for somebody who sees the repository and may not do this. */
  async allowed(
    params: RepositoryParams,
    caller: ApiCaller,
    operation: NamespaceOperation,
  ): Promise<RepositoryListing> {
    const repository = await this.visible(params, caller);
    if (roleAllows(repository.role, operation)) return repository;
    const standing = repository.role === null ? 'You are not a member' : `Your role is ${repository.role}`;
    throw new ProblemError(403, `${standing} of ${repository.namespace}, which does not allow this. Ask an owner.`);
  }
}
