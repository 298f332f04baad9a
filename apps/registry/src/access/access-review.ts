import { type Access, allowedActions, callerKind, type RegistryTokenClaims } from '@stowage/auth';
import type { StandingStore } from '@stowage/metadata';
import type { RepositoryName } from '@stowage/oci';
import type { CurrentCredentialLimits } from './credential-limits.js';

/**
 * What a caller may do at this moment, from the rows instead of from the token: asked before anything is written, so
 * that a role or a credential that was taken away stops working at once and not when the token ends.
 */
export class AccessReview {
  constructor(
    private readonly standings: StandingStore,
    private readonly limits: CurrentCredentialLimits,
  ) {}

  async allows(claims: RegistryTokenClaims, required: readonly Access[]): Promise<boolean> {
    const names = required.flatMap((access) => (access.type === 'repository' ? [access.name] : []));
    const allowed = await this.#actionsOn(claims, names);
    return required.every(
      (access) =>
        access.type !== 'repository' || access.actions.every((action) => allowed.get(access.name)?.includes(action)),
    );
  }

  /** Those of the repositories that the caller may pull from just now. */
  async pullable(claims: RegistryTokenClaims, names: readonly RepositoryName[]): Promise<RepositoryName[]> {
    const allowed = await this.#actionsOn(claims, names);
    return names.filter((name) => allowed.get(name)?.includes('pull'));
  }

  async #actionsOn(claims: RegistryTokenClaims, names: readonly RepositoryName[]) {
    const [standings, limits] = await Promise.all([
      this.standings.list(names, claims.principal),
      this.limits.find(claims),
    ]);
    const caller = callerKind(claims.principal);
    return new Map(
      standings.map((standing) => [standing.asked, limits ? allowedActions(standing, caller, limits) : []]),
    );
  }
}
