import type { PasswordHasher } from '@stowage/auth';
import type { ChangePassword } from '@stowage/contracts';
import type { Mailroom } from '@stowage/mail';
import { type Actor, changePassword, type Database, type UserRecord } from '@stowage/metadata';
import { fieldProblem } from '@stowage/nest-kit';
import { type PasswordCheck, WrongPasswordError } from '@stowage/sign-in';

/** The password of an account, once it is there. */
export class Passwords {
  constructor(
    private readonly deps: {
      readonly database: Database;
      readonly check: PasswordCheck;
      readonly hasher: PasswordHasher;
      readonly mailroom: Mailroom;
    },
  ) {}

  /**
   * Whether it is the password of somebody who is signed in. Whoever holds a session may not guess any faster than others:
   * throws what `PasswordCheck.signIn` does for too many attempts.
   */
  async isRight(user: UserRecord, password: string, address: string): Promise<boolean> {
    try {
      await this.deps.check.signIn({ login: user.username, password, address, door: 'account' });
      return true;
    } catch (error) {
      if (error instanceof WrongPasswordError) return false;
      throw error;
    }
  }

  /** Throws 403 when the current one is another, 429 when that was tried too often; then nothing has ended. */
  async change(
    user: UserRecord,
    { currentPassword, newPassword }: ChangePassword,
    by: { readonly sessionId: string | null; readonly actor: Actor },
  ): Promise<void> {
    const { database, hasher, mailroom } = this.deps;
    if (!(await this.isRight(user, currentPassword, by.actor.address ?? ''))) {
      throw fieldProblem(403, { field: 'currentPassword', message: 'this is not your current password' });
    }
    const { id: userId, username, email: recipient } = user;
    const notice = mailroom.prepare({ template: 'password-changed', recipient, facts: { username } });
    await changePassword(database, { userId, passwordHash: await hasher.hash(newPassword), notice, ...by });
  }
}
