import {
  type Access,
  allowedActions,
  callerKind,
  generateSecretToken,
  hashSecretToken,
  narrow,
  type RegistryTokenSigner,
  type SignedRegistryToken,
} from '@stowage/auth';
import type { RefreshTokenStore, StandingStore } from '@stowage/metadata';
import type { SignedIn } from '../credentials/signed-in.js';

export interface TokenIssuerDependencies {
  readonly standings: StandingStore;
  readonly refreshTokens: RefreshTokenStore;
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
    const { principal, credentialId, credentialExpiresAt } = caller;
    const access = await this.#narrow(caller, requested);
    const signed = await this.deps.signer.sign({ principal, credentialId, credentialExpiresAt, access });
    return { ...signed, access };
  }

  /**
   * A refresh token for the same user, limited by and living no longer than the credential. None for anonymous, and none
   * for robots and jobs: their secret is what they have, and clients go on with it.
   */
  async issueRefreshToken({ principal, credentialId }: SignedIn, clientId: string): Promise<string | undefined> {
    if (principal?.kind !== 'user') return undefined;
    const { text } = generateSecretToken('refresh');
    const { refreshTokens, service } = this.deps;
    const bound = { userId: principal.id, accessTokenId: credentialId, service, clientId };
    await refreshTokens.create({ hash: hashSecretToken(text), ...bound });
    return text;
  }

  async #narrow({ principal, grants }: SignedIn, requested: readonly Access[]): Promise<Access[]> {
    const caller = callerKind(principal);
    const names = requested.flatMap((access) => (access.type === 'repository' ? [access.name] : []));
    const standings = await this.deps.standings.list(names, principal);
    const allowed = new Map(
      standings.map((standing) => [standing.name, allowedActions(standing, caller, { grants })] as const),
    );
    // The catalog lists every repository of the user: more than a credential with grants may know.
    const possible = grants === null ? requested : requested.filter(({ type }) => type === 'repository');
    return narrow(possible, (name) => allowed.get(name) ?? [], caller);
  }
}
