import { type NamespaceOperation, roleAllows } from '@stowage/auth';
import type { NamespaceRecord, NamespaceStore } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import type { ApiCaller } from '../access/caller.js';

/** Finds a namespace for a caller. A private one of somebody else and a missing one are the same 404. */
export class NamespaceAccess {
  constructor(private readonly store: NamespaceStore) {}

  async visible(name: string, caller: ApiCaller): Promise<NamespaceRecord> {
    const found = await this.store.findVisible(name, caller.user?.id ?? null);
    if (!found) throw notFound(`The namespace ${name.slice(0, 100)}`);
    return found;
  }

  /** Throws 404 for somebody who may not see the namespace's inside, 403 for a member whose role is too low. */
  async allowed(name: string, caller: ApiCaller, operation: NamespaceOperation): Promise<NamespaceRecord> {
    const namespace = await this.visible(name, caller);
    if (namespace.role === null) throw notFound(`The namespace ${name.slice(0, 100)}`);
    if (roleAllows(namespace.role, operation)) return namespace;
    throw new ProblemError(
      403,
      `Your role in ${namespace.name} is ${namespace.role}, which does not allow this. Ask an owner.`,
    );
  }
}
