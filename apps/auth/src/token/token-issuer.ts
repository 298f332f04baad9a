import {
  type Access,
  allowedActions,
  callerKind,
  generateSecretToken,
  hashSecretToken,
  narrow,
  type Principal,
  type RegistryTokenSigner,
  type SignedRegistryToken,
} from '@stowage/auth';
import type { RefreshTokenStore, StandingStore } from '@stowage/metadata';
import { jobPrincipal, type Jobs } from '../credentials/jobs.js';
import type { SignedIn } from '../credentials/signed-in.js';

export interface TokenIssuerDependencies {
  readonly standings: StandingStore;
  readonly refreshTokens: RefreshTokenStore;
  readonly jobs: Jobs;
  readonly signer: RegistryTokenSigner;
  readonly service: string;
}

export interface IssuedToken extends SignedRegistryToken {
  /** What of the request was granted. */
  readonly access: readonly Access[];
}

/** Makes tokens. Never refuses: who may nothing gets a token for nothing (security.md 4.2). */
export class TokenIssuer {
  constructor(private readonly deps: TokenIssuerDependencies) {}

  /** Signs requested ∩ (role ∪ grants ∪ visibility) ∩ limits of the credential (security.md 4.5), as the rows are now. */
  async issue(caller: SignedIn, requested: readonly Access[]): Promise<IssuedToken> {
    const { credentialId, credentialExpiresAt } = caller;
    const { principal, access } = await this.#choose(caller, requested);
    const signed = await this.deps.signer.sign({ principal, credentialId, credentialExpiresAt, access });
    return { ...signed, access };
  }

  /**
   * A refresh token for the same user, limited by and living no longer than the credential; for a job its session. None
   * for anonymous, and none for robots: their secret is what they have, and clients go on with it.
   */
  async issueRefreshToken(
    { principal, credentialId, job }: SignedIn,
    { clientId, address }: { readonly clientId: string; readonly address: string },
  ): Promise<string | undefined> {
    if (job) return this.deps.jobs.begin(job);
    if (principal?.kind !== 'user') return undefined;
    const { text } = generateSecretToken('refresh');
    const { refreshTokens, service } = this.deps;
    const actor = { ...principal, credentialId, address };
    await refreshTokens.create({
      hash: hashSecretToken(text),
      accessTokenId: credentialId,
      service,
      clientId,
      actor,
    });
    return text;
  }

  /** A job acts by the one of its rules that gives most of what is asked for; the oldest, if several do. */
  async #choose(
    caller: SignedIn,
    requested: readonly Access[],
  ): Promise<{ principal: Principal | null; access: Access[] }> {
    const { job } = caller;
    if (!job) return { principal: caller.principal, access: await this.#narrow(caller, requested) };
    const choices = await Promise.all(
      job.rules.map(async (rule) => {
        const principal = jobPrincipal(job.subject, rule);
        return { principal, access: await this.#narrow({ ...caller, principal }, requested) };
      }),
    );
    const best = choices.reduce((one, other) => (countOf(other.access) > countOf(one.access) ? other : one));
    await this.deps.jobs.note(best.principal.id, job.subject);
    return best;
  }

  async #narrow({ principal, grants }: SignedIn, requested: readonly Access[]): Promise<Access[]> {
    const caller = callerKind(principal);
    const names = requested.flatMap((access) => (access.type === 'repository' ? [access.name] : []));
    const standings = await this.deps.standings.list(names, principal);
    const allowed = new Map(
      standings.map((standing) => [standing.asked, allowedActions(standing, caller, { grants })] as const),
    );
    // The catalog lists every repository of the user: more than a credential with grants may know.
    const possible = grants === null ? requested : requested.filter(({ type }) => type === 'repository');
    return narrow(possible, (name) => allowed.get(name) ?? [], caller);
  }
}

function countOf(access: readonly Access[]): number {
  return access.reduce((count, { actions }) => count + actions.length, 0);
}
