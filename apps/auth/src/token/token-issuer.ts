import {
  type Access,
  allowedActions,
  generateSecretToken,
  hashSecretToken,
  narrow,
  type RegistryTokenSigner,
  type SignedRegistryToken,
} from '@stowage/auth';
import type { RefreshTokenStore, StandingStore } from '@stowage/metadata';
import type { Principal } from '../credentials/principal.js';

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

  /** Signs requested ∩ role and visibility ∩ grants of the credential (security.md 4.5), as the rows are now. */
  async issue(principal: Principal, requested: readonly Access[]): Promise<IssuedToken> {
    const { user, accessTokenId, accessTokenExpiresAt } = principal;
    const access = await this.#narrow(principal, requested);
    const signed = await this.deps.signer.sign({
      subject: user?.id ?? '',
      username: user?.username ?? null,
      credentialId: accessTokenId,
      credentialExpiresAt: accessTokenExpiresAt,
      access,
    });
    return { ...signed, access };
  }

  /** A refresh token for the same user, limited by and living no longer than the credential; none for anonymous. */
  async issueRefreshToken({ user, accessTokenId }: Principal, clientId: string): Promise<string | undefined> {
    if (!user) return undefined;
    const { text } = generateSecretToken('refresh');
    const { refreshTokens, service } = this.deps;
    await refreshTokens.create({ hash: hashSecretToken(text), userId: user.id, accessTokenId, service, clientId });
    return text;
  }

  async #narrow({ user, grants }: Principal, requested: readonly Access[]): Promise<Access[]> {
    const caller = user ? 'user' : 'anonymous';
    const names = requested.flatMap((access) => (access.type === 'repository' ? [access.name] : []));
    const standings = await this.deps.standings.list(names, user?.id ?? null);
    const allowed = new Map(
      standings.map((standing) => [standing.name, allowedActions(standing, caller, { grants })] as const),
    );
    // The catalog lists every repository of the user: more than a credential with grants may know.
    const possible = grants === null ? requested : requested.filter(({ type }) => type === 'repository');
    return narrow(possible, (name) => allowed.get(name) ?? [], caller);
  }
}
