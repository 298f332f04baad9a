import type { PasswordHasher } from '@stowage/auth';
import type { ChangePassword } from '@stowage/contracts';
import { type Actor, changePassword, type Database, type UserRecord, type UserStore } from '@stowage/metadata';
import { fieldProblem } from '@stowage/nest-kit';

/** The password of an account, once it is there. */
export class Passwords {
  constructor(
    private readonly deps: { readonly database: Database; readonly users: UserStore; readonly hasher: PasswordHasher },
  ) {}

  async isRight(user: UserRecord, password: string): Promise<boolean> {
    const known = await this.deps.users.findByLogin(user.username);
    return this.deps.hasher.verify(known?.passwordHash, password);
  }

  /** Throws 403 when the current one is another; then nothing has ended. */
  async change(
    user: UserRecord,
    { currentPassword, newPassword }: ChangePassword,
    by: { readonly sessionId: string | null; readonly actor: Actor },
  ): Promise<void> {
    const { database, hasher } = this.deps;
    if (!(await this.isRight(user, currentPassword))) {
      throw fieldProblem(403, { field: 'currentPassword', message: 'this is not your current password' });
    }
    await changePassword(database, { userId: user.id, passwordHash: await hasher.hash(newPassword), ...by });
  }
}
