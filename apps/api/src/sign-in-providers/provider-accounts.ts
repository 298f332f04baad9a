import { randomBytes } from 'node:crypto';
import { isReservedName, type PasswordHasher } from '@stowage/auth';
import type { AccountAddresses, Actor, ExternalIdentityStore, UserRecord, UserStore } from '@stowage/metadata';
import { AlreadyExistsError, NameTakenError, NotInvitedError } from '@stowage/metadata';
import { fieldProblem, ProblemError } from '@stowage/nest-kit';
import { isNamespaceName, type NamespaceName } from '@stowage/oci';
import type { ExternalIdentity, SignInProvider } from '@stowage/oidc';
import type { ApiOptions } from '../api-options.js';
import { takenMessage } from '../namespaces/name-problem.js';
import type { AddressRules } from '../sign-up/address-rules.js';
import { notInvited, type SignUpRules } from '../sign-up/sign-up-rules.js';

export interface ProviderAccountsDependencies {
  readonly options: Pick<ApiOptions, 'defaultQuotaBytes'>;
  readonly signUpRules: SignUpRules;
  readonly addressRules: AddressRules;
  readonly users: UserStore;
  readonly identities: ExternalIdentityStore;
  readonly addresses: AccountAddresses;
  readonly passwords: PasswordHasher;
}

/** What somebody asks for whom a provider has signed in. */
export interface NewProviderAccount {
  readonly username: NamespaceName;
  readonly address: string;
  /** The version of the terms that the person has agreed to. */
  readonly acceptedTerms: string | undefined;
  /** SHA-256 of the code of an invitation, in hex. */
  readonly invitation: string | undefined;
}

/** Accounts of people whom a provider signs in. An identity is issuer and subject; a name or an address proves nothing. */
export class ProviderAccounts {
  constructor(private readonly deps: ProviderAccountsDependencies) {}

  /** Undefined when nobody has it. Throws 403 when its account is disabled. */
  async find({ issuer, subject }: ExternalIdentity): Promise<UserRecord | undefined> {
    const user = await this.deps.identities.findUser(issuer, subject);
    if (user) return user;
    if (await this.deps.identities.isKnown(issuer, subject)) {
      throw new ProblemError(403, 'This account is disabled. Ask an administrator.');
    }
    return undefined;
  }

  /** Throws 409 when the identity is linked with an account already. */
  async link(userId: string, to: { provider: string; identity: ExternalIdentity }, actor: Actor): Promise<void> {
    const { issuer, subject, name } = to.identity;
    if (await this.deps.identities.link(userId, { provider: to.provider, issuer, subject, name }, actor)) return;
    throw new ProblemError(409, 'This account there is linked with an account here already.');
  }

  /**
   * The address with which this identity may get a new account. Throws 403 for who may not sign up and when the provider has
   * verified no address, 400 for an address that accounts may not have, 409 when it belongs to an account: its owner has to
   * sign in to it before it is linked.
   */
  async mayJoin(
    { email }: ExternalIdentity,
    { name }: SignInProvider,
    invitation: string | undefined,
  ): Promise<string> {
    await this.deps.signUpRules.admit({ isInvited: invitation !== undefined }).catch((error: unknown) => {
      if (!(error instanceof ProblemError)) throw error;
      throw new ProblemError(403, `Nobody has linked this ${name} account yet. ${error.detail}`, { cause: error });
    });
    if (email === null) {
      throw new ProblemError(
        403,
        `${name} has not verified an e-mail address of yours. Verify one there, then try again.`,
      );
    }
    await this.deps.addressRules.check(email);
    if (await this.deps.addresses.isProven(email)) throw addressTaken(name);
    return email;
  }

  /**
   * Throws what `mayJoin` throws, 403 for an invitation that lets nobody in, 400 for a reserved name or without the terms,
   * and 409 for a name that is taken.
   */
  async create(
    identity: ExternalIdentity,
    provider: SignInProvider,
    { username, address, acceptedTerms: accepted, invitation }: NewProviderAccount,
  ): Promise<UserRecord> {
    const email = await this.mayJoin(identity, provider, invitation);
    const acceptedTerms = await this.deps.signUpRules.agreement(accepted);
    if (isReservedName(username)) throw fieldProblem(400, { field: 'username', message: 'this name is reserved' });
    const { issuer, subject, name } = identity;
    // Nobody knows it; whoever wants one asks for a new password by mail.
    const passwordHash = await this.deps.passwords.hash(randomBytes(32).toString('base64url'));
    const limitBytes = this.deps.options.defaultQuotaBytes;
    try {
      return await this.deps.users.createFor(
        { provider: provider.id, issuer, subject, name },
        { username, email, passwordHash, isAdmin: false, limitBytes, address, acceptedTerms },
        invitation === undefined ? undefined : new Uint8Array(Buffer.from(invitation, 'hex')),
      );
    } catch (error) {
      if (error instanceof AlreadyExistsError) throw addressTaken(provider.name);
      if (error instanceof NotInvitedError) throw notInvited(error);
      if (!(error instanceof NameTakenError)) throw error;
      throw fieldProblem(409, { field: 'username', message: takenMessage(error.heldUntil) }, error);
    }
  }
}

function addressTaken(name: string): ProblemError {
  return new ProblemError(
    409,
    `The address of this ${name} account belongs to an account here. Sign in to that one first, then link ${name} on its account page.`,
  );
}

/** A username that somebody may like, from what they are called elsewhere; empty when nothing is left of it. */
export function suggestUsername({ name }: ExternalIdentity): string {
  const text = (name ?? '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  return isNamespaceName(text) && text.length >= 2 && !isReservedName(text) ? text : '';
}
