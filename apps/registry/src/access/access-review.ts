import { type Access, allowedActions, callerKind, type RegistryTokenClaims } from '@stowage/auth';
import type { ReadOnlyNotice, StandingStore } from '@stowage/metadata';
import type { RepositoryName } from '@stowage/oci';
import { type CurrentCredentialLimits, UNLIMITED } from './credential-limits.js';
import { ReadReview } from './read-review.js';

/** Why somebody may not, in the words of the audit log. */
export type DenialReason =
  | 'nobody gave them the right'
  | 'their credential is limited'
  | 'their credential has ended or was revoked';

export interface Verdict {
  readonly isAllowed: boolean;
  /** Null when it is allowed. */
  readonly reason: DenialReason | null;
  /** Set where the access would change content and that is not possible now, whoever asks. */
  readonly readOnly: ReadOnlyNotice | null;
}

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
    return (await this.decide(claims, required)).isAllowed;
  }

  async decide(claims: RegistryTokenClaims, required: readonly Access[]): Promise<Verdict> {
    const names = required.flatMap((access) => (access.type === 'repository' ? [access.name] : []));
    const standings = await this.#standings(claims, names);
    const found = new Map(standings.map((standing) => [standing.asked, standing]));
    const repositories = required.filter((access) => access.type === 'repository');
    const changed = repositories.filter(({ actions }) => actions.some((action) => action !== 'pull'));
    const all = (of: 'actions' | 'held') =>
      repositories.every(({ name, actions }) => actions.every((action) => found.get(name)?.[of].includes(action)));
    const isAllowed = all('actions');
    const isEnded = standings.some(({ hasCredential }) => !hasCredential);
    return {
      isAllowed,
      reason: isAllowed ? null : denialReason({ isEnded, isHeld: all('held') }),
      readOnly: changed.map(({ name }) => found.get(name)?.readOnly).find((notice) => notice) ?? null,
    };
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
      hasCredential: limits !== undefined,
      actions: limits ? allowedActions(standing, caller, limits) : [],
      /** Without the limits of the credential. */
      held: allowedActions(standing, caller, UNLIMITED),
    }));
  }
}

function denialReason({ isEnded, isHeld }: { readonly isEnded: boolean; readonly isHeld: boolean }): DenialReason {
  if (isEnded) return 'their credential has ended or was revoked';
  return isHeld ? 'their credential is limited' : 'nobody gave them the right';
}
