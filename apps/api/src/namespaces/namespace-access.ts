import { allowedActions, type NamespaceOperation, roleAllows } from '@stowage/auth';
import type { NamespaceRecord, NamespaceStore, ReadOnlyModes, StandingStore } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import type { RepositoryName } from '@stowage/oci';
import { type ApiCaller, signInNeeded } from '../access/caller.js';

/** Finds a namespace for a caller. A private one of somebody else and a missing one are the same 404. */
export class NamespaceAccess {
  constructor(
    private readonly store: NamespaceStore,
    private readonly standings: StandingStore,
    private readonly modes: ReadOnlyModes,
  ) {}

  async visible(name: string, caller: ApiCaller): Promise<NamespaceRecord> {
    const found = await this.store.findVisible(name, caller.user?.id ?? null);
    if (!found) throw notFound(`The namespace ${name.slice(0, 100)}`);
    return found;
  }

  /**
   * Throws 404 for somebody who may not see the namespace's inside, 403 for a member whose role is too low, and
   * `ReadOnlyError` for a route that changes content while that is not possible.
   */
  async allowed(name: string, caller: ApiCaller, operation: NamespaceOperation): Promise<NamespaceRecord> {
    const namespace = await this.visible(name, caller);
    if (namespace.role === null) throw notFound(`The namespace ${name.slice(0, 100)}`);
    if (!roleAllows(namespace.role, operation)) throw refused(namespace);
    if (caller.changesContent) await this.modes.refuseChange(namespace.id);
    return namespace;
  }

  /** A repository of this name may be made by whoever may push to it. Throws like `allowed`. */
  async allowedToCreate(namespace: NamespaceRecord, name: RepositoryName, caller: ApiCaller): Promise<void> {
    await this.#mayCreate(namespace, name, caller);
    await this.modes.refuseChange(namespace.id);
  }

  async #mayCreate(namespace: NamespaceRecord, name: RepositoryName, { user }: ApiCaller): Promise<void> {
    if (!user) throw signInNeeded();
    const [standing] = await this.standings.list([name], { kind: 'user', id: user.id });
    // The name may lead to a repository that was transferred: its rights are of another namespace, and it is in the way.
    if (standing && standing.name !== name && roleAllows(namespace.role, 'push')) return;
    if (standing && allowedActions(standing, 'user', { grants: null }).includes('push')) return;
    if (namespace.role === null && !namespace.hasGrant) throw notFound(`The namespace ${namespace.name}`);
    throw refused(namespace);
  }
}

function refused({ name, role }: NamespaceRecord): ProblemError {
  const standing = role === null ? `What you were granted in ${name}` : `Your role in ${name} is ${role}, which`;
  return new ProblemError(403, `${standing} does not allow this. Ask an owner.`);
}
