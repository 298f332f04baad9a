import type { PasswordHasher } from '@stowage/auth';
import type { ChangePassword } from '@stowage/contracts';
import { type Actor, changePassword, type Database, type UserRecord, type UserStore } from '@stowage/metadata';
import { fieldProblem } from '@stowage/nest-kit';

/** The password of an account, once it is there. */
export class Passwords {
  constructor(
    private readonly deps: { readonly database: Database; readonly users: UserStore; readonly hasher: PasswordHasher },
  ) {}

  /** Throws 403 when the current one is another; then nothing has ended. */
  async change(
    user: UserRecord,
    { currentPassword, newPassword }: ChangePassword,
    by: { readonly sessionId: string | null; readonly actor: Actor },
  ): Promise<void> {
    const { database, users, hasher } = this.deps;
    const known = await users.findByLogin(user.username);
    if (!(await hasher.verify(known?.passwordHash, currentPassword))) {
      throw fieldProblem(403, { field: 'currentPassword', message: 'this is not your current password' });
    }
    await changePassword(database, { userId: user.id, passwordHash: await hasher.hash(newPassword), ...by });
  }
}
