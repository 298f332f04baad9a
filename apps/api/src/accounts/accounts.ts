import { isReservedName, type PasswordHasher } from '@stowage/auth';
import type { SignIn, SignUp } from '@stowage/contracts';
import { type PasswordCheck, WrongPasswordError } from '@stowage/sign-in';
import {
  type AccountAddresses,
  type AdministratorSetup,
  NameTakenError,
  NotInvitedError,
  type NewUser,
  type UserRecord,
  type UserStore,
} from '@stowage/metadata';
import { fieldProblem, ProblemError } from '@stowage/nest-kit';
import type { NamespaceName } from '@stowage/oci';
import type { ApiOptions } from '../api-options.js';
import { takenMessage } from '../namespaces/name-problem.js';
import type { PasskeySignIn } from '../second-factors/passkey-sign-in.js';
import type { SecondFactors } from '../second-factors/second-factors.js';
import type { AccountLinks } from '../recovery/account-links.js';
import type { AddressRules } from '../sign-up/address-rules.js';
import { notInvited, type SignUpRules } from '../sign-up/sign-up-rules.js';
import { hashSetupCode } from './setup-code.js';

/** Sign-up, sign-in, and the first administrator. */
export class Accounts {
  constructor(
    private readonly options: Pick<ApiOptions, 'defaultQuotaBytes'>,
    private readonly deps: {
      readonly users: UserStore;
      readonly setup: AdministratorSetup;
      readonly passwords: PasswordHasher;
      readonly check: PasswordCheck;
      readonly factors: SecondFactors;
      readonly passkeys: PasskeySignIn;
      readonly addresses: AccountAddresses;
      readonly links: AccountLinks;
      readonly signUpRules: SignUpRules;
      readonly addressRules: AddressRules;
    },
  ) {}

  /** Throws 403 for who may not sign up, 400 for a reserved name, for an address that is not taken, or without the terms, 409 for a name that is taken. */
  async signUp(input: SignUp, from: string): Promise<UserRecord> {
    const invitation = await this.deps.signUpRules.admission(input.invitation);
    await this.deps.addressRules.check(input.email);
    const acceptedTerms = await this.deps.signUpRules.agreement(input.acceptedTerms);
    if (isReservedName(input.username))
      throw fieldProblem(400, { field: 'username', message: 'this name is reserved' });
    const user = await this.#newUser(input, from);
    // Whoever signs up is never told whose address it is; a letter to the address says it.
    const address = { address: input.email, isProven: await this.deps.addresses.isProven(input.email) };
    const welcome = (made: UserRecord) => this.deps.links.createProof('verify-address', made, address);
    return translateTaken(this.deps.users.create({ ...user, acceptedTerms, isAdmin: false }, { welcome, invitation }));
  }

  /**
   * Throws 401, the same for an unknown user and a wrong password, after the same work, and 429 after too many; with the
   * right password 401 also for a second factor that is missing or wrong.
   */
  async verify(input: SignIn, address: string): Promise<UserRecord> {
    const { login, password, passkey } = input;
    if (login === undefined || password === undefined) {
      if (!passkey) throw new ProblemError(400, 'Send a login and a password, or a passkey.');
      return this.deps.passkeys.verify(passkey, 'in place of the password');
    }
    const user = await this.#withPassword({ login, password }, address);
    await this.deps.factors.verify(user, input, address);
    return user;
  }

  /** Uses up the code of the first start. Throws 403 when it is wrong or was used. */
  async createAdministrator(input: SignUp & { code: string }, address: string): Promise<UserRecord> {
    const user = await this.#newUser(input, address);
    const created = await translateTaken(this.deps.setup.createAdministrator(hashSetupCode(input.code), user));
    if (!created) {
      throw new ProblemError(
        403,
        'This link was used already or is not the newest one. The terminal shows a new one at each start.',
      );
    }
    return created;
  }

  async #withPassword(typed: { login: string; password: string }, address: string): Promise<UserRecord> {
    try {
      return await this.deps.check.signIn({ ...typed, address, door: 'dashboard' });
    } catch (error) {
      if (!(error instanceof WrongPasswordError)) throw error;
      throw new ProblemError(401, 'The name or the password is wrong.', { cause: error });
    }
  }

  async #newUser(input: SignUp, address: string): Promise<Omit<NewUser, 'isAdmin'>> {
    return {
      username: input.username as NamespaceName,
      email: input.email,
      passwordHash: await this.deps.passwords.hash(input.password),
      limitBytes: this.options.defaultQuotaBytes,
      address,
    };
  }
}

async function translateTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NotInvitedError) throw notInvited(error);
    if (!(error instanceof NameTakenError)) throw error;
    throw fieldProblem(409, { field: 'username', message: takenMessage(error.heldUntil) }, error);
  }
}
