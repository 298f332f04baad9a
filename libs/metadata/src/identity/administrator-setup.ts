import type { Database } from '../database.js';
import { createUser, nameTaken, type NewUser, type UserRecord } from './user-store.js';

const CODE = 'setup.code-hash';

/**
 * The one-time link of the first start. Only the hash of its code is kept; each start without an administrator
 * replaces it, and the code is used up in the transaction that creates the administrator.
 */
export class AdministratorSetup {
  constructor(private readonly database: Database) {}

  async replaceCode(codeHash: string): Promise<void> {
    await this.database.run((db) =>
      db.setting.upsert({
        where: { name: CODE },
        create: { name: CODE, value: codeHash },
        update: { value: codeHash },
      }),
    );
  }

  /** Undefined when the code is wrong, used up, or there is an administrator already. Throws `NameTakenError`. */
  async createAdministrator(codeHash: string, user: Omit<NewUser, 'isAdmin'>): Promise<UserRecord | undefined> {
    try {
      return await this.database.transaction(async (tx) => {
        const used = await tx.$executeRaw`
          DELETE FROM setting WHERE name = ${CODE} AND value = ${JSON.stringify(codeHash)}::jsonb
            AND NOT EXISTS (SELECT 1 FROM app_user WHERE is_admin)`;
        return used === 1 ? createUser(tx, { ...user, isAdmin: true }) : undefined;
      });
    } catch (error) {
      throw await nameTaken(this.database, { ...user, isAdmin: true }, error);
    }
  }
}
