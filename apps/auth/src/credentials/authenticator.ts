import { hashSecretToken, type PasswordHasher, type Principal, parseSecretToken } from '@stowage/auth';
import type { AccessTokenStore, RefreshTokenStore, SecondFactorStore, UserRecord, UserStore } from '@stowage/metadata';
import type { RequestLogger } from '@stowage/nest-kit';
import { isPossible, type LoginCredentials } from './basic-credentials.js';
import type { LoginAudit } from './login-audit.js';
import type { SignedIn } from './signed-in.js';
import { WrongCredentialsError } from './wrong-credentials.js';

export interface AuthenticatorDependencies {
  readonly users: UserStore;
  readonly accessTokens: AccessTokenStore;
  readonly refreshTokens: RefreshTokenStore;
  readonly passwords: PasswordHasher;
  readonly secondFactors: SecondFactorStore;
  readonly audit: LoginAudit;
  readonly logger: RequestLogger;
  readonly publicUrl: URL;
  readonly service: string;
}

/** Looks like a secret of ours, perhaps mistyped; no password check is spent on it. */
const OUR_SECRETS = /^stw_[a-z]{3}_/;

/** Who a caller is. Wrong credentials throw WrongCredentialsError, never "anonymous" (security.md 4.2). */
export class Authenticator {
  constructor(private readonly deps: AuthenticatorDependencies) {}

  /** A user name or e-mail address with the password or an access token of that very user. */
  async signIn(credentials: LoginCredentials, address: string): Promise<SignedIn> {
    if (OUR_SECRETS.test(credentials.password)) return this.#withAccessToken(credentials);
    if (!isPossible(credentials)) throw this.wrongPassword();
    const { users, passwords, secondFactors, audit } = this.deps;
    const user = await users.findByLogin(credentials.login);
    // Without a user this verifies against a dummy, so that time does not tell who has an account.
    const isMatch = await passwords.verify(user?.passwordHash, credentials.password);
    if (!user || !isMatch || user.isDisabled) {
      await audit.recordFailure(user, address);
      throw this.wrongPassword();
    }
    if (await secondFactors.isNeeded(user.id)) {
      await audit.recordFailure(user, address);
      throw this.#refused(
        `this account has a second factor, so its password alone is not enough; ${this.#createOne('create an access token')}`,
      );
    }
    return { principal: userPrincipal(user), credentialId: null, credentialExpiresAt: null, grants: null };
  }

  /** An identity token, as `docker login` keeps it. */
  async withRefreshToken(text: string): Promise<SignedIn> {
    const secret = parseSecretToken(text);
    const found =
      secret?.kind === 'refresh'
        ? await this.deps.refreshTokens.use(hashSecretToken(secret.text), this.deps.service)
        : undefined;
    if (!found) throw this.#refused('the refresh token is wrong, expired or revoked; run "docker login" again');
    if (found.accessTokenId !== null) await this.#touch(found.accessTokenId);
    const { user, accessTokenId: credentialId, accessTokenExpiresAt: credentialExpiresAt, grants } = found;
    return { principal: userPrincipal(user), credentialId, credentialExpiresAt, grants };
  }

  wrongPassword(): WrongCredentialsError {
    return this.#refused(
      `wrong user name or password; ${this.#createOne('an access token works as well, create one')}`,
    );
  }

  async #withAccessToken({ login, password }: LoginCredentials): Promise<SignedIn> {
    const secret = parseSecretToken(password);
    const found =
      secret?.kind === 'access' ? await this.deps.accessTokens.findUsable(hashSecretToken(secret.text)) : undefined;
    if (!found) {
      throw this.#refused(`the access token is wrong, expired or revoked; ${this.#createOne('create one')}`);
    }
    if (!isNameOf(found.user, login)) {
      throw this.#refused('the access token belongs to another user name; sign in with the name of its owner');
    }
    await this.#touch(found.id);
    const { user, id, expiresAt, grants } = found;
    return { principal: userPrincipal(user), credentialId: id, credentialExpiresAt: expiresAt, grants };
  }

  /** A statistic: when it can't be written, the caller signs in all the same. */
  async #touch(accessTokenId: string): Promise<void> {
    try {
      await this.deps.accessTokens.touch(accessTokenId);
    } catch (err) {
      this.deps.logger.warn({ err, accessTokenId }, 'could not record the use of an access token');
    }
  }

  #createOne(what: string): string {
    return `${what} at ${new URL('/access-tokens', this.deps.publicUrl).href}`;
  }

  #refused(message: string): WrongCredentialsError {
    return new WrongCredentialsError(message, this.deps.service);
  }
}

function userPrincipal({ id, username }: UserRecord): Principal {
  return { kind: 'user', id, name: username };
}

/** A token never signs in anybody but its owner, so the name has to be the owner's (security.md 4.7). */
function isNameOf(user: UserRecord, login: string): boolean {
  const name = login.toLowerCase();
  return name === user.username.toLowerCase() || name === user.email.toLowerCase();
}
