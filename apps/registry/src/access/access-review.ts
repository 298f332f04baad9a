import { type Access, allowedActions, callerKind, type RegistryTokenClaims } from '@stowage/auth';
import type { StandingStore } from '@stowage/metadata';
import type { RepositoryName } from '@stowage/oci';
import type { CurrentCredentialLimits } from './credential-limits.js';
import { ReadReview } from './read-review.js';

/**
 * What a caller may do at this moment, from the rows instead of from the token: asked before anything is written, so
 * that a role or a credential that was taken away stops working at once and not when the token ends.
 */
export class AccessReview {
  /** For what changes nothing: an answer of half a minute ago will do. */
  readonly reads = new ReadReview(this);

  constructor(
    private readonly standings: StandingStore,
    private readonly limits: CurrentCredentialLimits,
  ) {}

  async allows(claims: RegistryTokenClaims, required: readonly Access[]): Promise<boolean> {
    const names = required.flatMap((access) => (access.type === 'repository' ? [access.name] : []));
    const standings = await this.#standings(claims, names);
    const allowed = new Map(standings.map(({ asked, actions }) => [asked, actions]));
    return required.every(
      (access) =>
        access.type !== 'repository' || access.actions.every((action) => allowed.get(access.name)?.includes(action)),
    );
  }

  /** Those of the repositories that the caller may pull from just now, by their present names. */
  async pullable(claims: RegistryTokenClaims, names: readonly RepositoryName[]): Promise<RepositoryName[]> {
    const standings = await this.#standings(claims, names);
    return standings.filter(({ actions }) => actions.includes('pull')).map(({ name }) => name);
  }

  async #standings(claims: RegistryTokenClaims, names: readonly RepositoryName[]) {
    const [standings, limits] = await Promise.all([
      this.standings.list(names, claims.principal),
      this.limits.find(claims),
    ]);
    const caller = callerKind(claims.principal);
    return standings.map((standing) => ({
      ...standing,
      actions: limits ? allowedActions(standing, caller, limits) : [],
    }));
  }
}
