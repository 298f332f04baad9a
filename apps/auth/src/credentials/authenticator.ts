import { hashSecretToken, type Principal, parseSecretToken } from '@stowage/auth';
import type {
  AccessTokenStore,
  FormerUsernames,
  RefreshTokenStore,
  SecondFactorStore,
  UserRecord,
} from '@stowage/metadata';
import type { RequestLogger } from '@stowage/nest-kit';
import { looksLikeIdToken } from '@stowage/oidc';
import { type FailureLog, type FailureReason, type PasswordCheck, WrongPasswordError } from '@stowage/sign-in';
import { isPossible, type LoginCredentials } from './basic-credentials.js';
import type { Jobs } from './jobs.js';
import type { RobotSignIn } from './robot-sign-in.js';
import type { SignedIn } from './signed-in.js';
import { WrongCredentialsError } from './wrong-credentials.js';

export interface AuthenticatorDependencies {
  readonly accessTokens: AccessTokenStore;
  readonly formerUsernames: FormerUsernames;
  readonly refreshTokens: RefreshTokenStore;
  readonly check: PasswordCheck;
  readonly jobs: Jobs;
  readonly secondFactors: SecondFactorStore;
  readonly failures: FailureLog;
  readonly robots: RobotSignIn;
  readonly logger: RequestLogger;
  readonly publicUrl: URL;
  readonly service: string;
}

/** Looks like a secret of ours, perhaps mistyped; no password check is spent on it. */
const JOB_SECRETS = /^stw_job_/;
const OUR_SECRETS = /^stw_[a-z]{3}_/;

/** Who a caller is. Wrong credentials throw WrongCredentialsError, never "anonymous" (security.md 4.2). */
export class Authenticator {
  constructor(private readonly deps: AuthenticatorDependencies) {}

  /**
   * A user name or e-mail address with the password or an access token of that very user, with a token also a name that
   * the user had before; a robot with a secret of its own; any user name with the ID token of a CI job, or with what one
   * was exchanged for.
   */
  async signIn(credentials: LoginCredentials, address: string): Promise<SignedIn> {
    if (looksLikeIdToken(credentials.password)) return this.withIdToken(credentials.password, address);
    if (JOB_SECRETS.test(credentials.password)) return this.#withJobSession(credentials.password, address);
    if (OUR_SECRETS.test(credentials.password)) return this.#withSecret(credentials, address);
    if (!isPossible(credentials)) throw this.wrongPassword();
    const user = await this.#withPassword(credentials, address);
    if (await this.deps.secondFactors.isNeeded(user.id)) {
      await this.#record(user, 'second factor', address);
      throw this.#refused(
        `this account has a second factor, so its password alone is not enough; ${this.#createOne('create an access token')}`,
      );
    }
    return { principal: userPrincipal(user), credentialId: null, credentialExpiresAt: null, grants: null };
  }

  /** An identity token, as `docker login` keeps it. */
  async withRefreshToken(text: string, address: string): Promise<SignedIn> {
    if (JOB_SECRETS.test(text)) return this.#withJobSession(text, address);
    const secret = parseSecretToken(text);
    const found =
      secret?.kind === 'refresh'
        ? await this.deps.refreshTokens.use(hashSecretToken(secret.text), this.deps.service, address)
        : undefined;
    if (!found) throw this.#refused('the refresh token is wrong, expired or revoked; run "docker login" again');
    if (found.accessTokenId !== null) await this.#touch(found.accessTokenId, address);
    const { user, accessTokenId: credentialId, accessTokenExpiresAt: credentialExpiresAt, grants } = found;
    return { principal: userPrincipal(user), credentialId, credentialExpiresAt, grants };
  }

  /** The ID token of a CI job, to be exchanged. */
  async withIdToken(token: string, address: string): Promise<SignedIn> {
    return this.#recorded(this.deps.jobs.withIdToken(token), address);
  }

  wrongPassword(): WrongCredentialsError {
    return this.#refused(
      `wrong user name or password; ${this.#createOne('an access token works as well, create one')}`,
    );
  }

  async #withPassword(credentials: LoginCredentials, address: string): Promise<UserRecord> {
    try {
      return await this.deps.check.signIn({ ...credentials, address, door: 'token service' });
    } catch (error) {
      throw error instanceof WrongPasswordError ? this.wrongPassword() : error;
    }
  }

  async #withSecret({ login, password }: LoginCredentials, address: string): Promise<SignedIn> {
    const secret = parseSecretToken(password);
    if (secret?.kind === 'robot') return this.deps.robots.signIn(login, secret, address);
    const hash = secret?.kind === 'access' ? hashSecretToken(secret.text) : undefined;
    const found = hash && (await this.deps.accessTokens.findUsable(hash));
    if (!found) {
      // What can't be one of ours costs no query, so nothing is written down about it either.
      if (hash) await this.#recordUnusable(hash, address);
      throw this.#refused(`the access token is wrong, expired or revoked; ${this.#createOne('create one')}`);
    }
    if (!(await this.#isNameOf(found.user, login))) {
      await this.#record(found.user, "somebody else's secret", address);
      throw this.#refused('the access token belongs to another user name; sign in with the name of its owner');
    }
    await this.#touch(found.id, address);
    const { user, id, expiresAt, grants } = found;
    return { principal: userPrincipal(user), credentialId: id, credentialExpiresAt: expiresAt, grants };
  }

  /** A token never signs in anybody but its owner, so the name has to be the owner's (security.md 4.7), or have been (T11). */
  async #isNameOf({ id, username, email }: UserRecord, login: string): Promise<boolean> {
    const name = login.toLowerCase();
    if (name === username.toLowerCase() || name === email.toLowerCase()) return true;
    return this.deps.formerUsernames.isOf(id, name);
  }

  async #recordUnusable(hash: Uint8Array, address: string): Promise<void> {
    const owner = await this.deps.accessTokens.findOwner(hash);
    if (!owner) return this.#record(undefined, 'unknown secret', address);
    return this.#record(owner, owner.isDisabled ? 'disabled' : 'expired secret', address);
  }

  async #withJobSession(text: string, address: string): Promise<SignedIn> {
    return this.#recorded(this.deps.jobs.withSession(text), address);
  }

  async #recorded(job: Promise<SignedIn>, address: string): Promise<SignedIn> {
    try {
      return await job;
    } catch (error) {
      if (error instanceof WrongCredentialsError) await this.#record(undefined, 'untrusted job', address);
      throw error;
    }
  }

  async #record(
    user: { readonly username: string } | undefined,
    reason: FailureReason,
    address: string,
  ): Promise<void> {
    await this.deps.failures.record({ user, address, door: 'token service' }, reason);
  }

  /** A statistic: when it can't be written, the caller signs in all the same. */
  async #touch(accessTokenId: string, address: string): Promise<void> {
    try {
      await this.deps.accessTokens.touch(accessTokenId, address);
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
