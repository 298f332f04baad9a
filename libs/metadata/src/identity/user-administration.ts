import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';

export interface ManagedUserRecord {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly isAdmin: boolean;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  /** Of any of the user's access tokens. */
  readonly lastUsedAt: Date | null;
  readonly hasSecondFactor: boolean;
}

export interface UserChange {
  readonly disabled?: boolean | undefined;
  readonly isAdmin?: boolean | undefined;
}

export type UserChangeOutcome = 'changed' | 'unknown' | 'last administrator';

const SELECT = `
  SELECT u.id, u.username, u.email, u.is_admin AS "isAdmin", u.created_at AS "createdAt", u.disabled_at AS "disabledAt",
         (SELECT max(last_used_at) FROM access_token t WHERE t.user_id = u.id) AS "lastUsedAt",
         EXISTS (SELECT 1 FROM totp_factor f WHERE f.user_id = u.id)
           OR EXISTS (SELECT 1 FROM passkey p WHERE p.user_id = u.id) AS "hasSecondFactor"
  FROM app_user u`;

/** Cross-tenant: what administrators of the whole registry do with users. */
export class UserAdministration {
  constructor(private readonly database: Database) {}

  /** By username, after `last`; those whose username or address contains `search`. */
  async list(page: { search: string; last: string; limit: number }): Promise<ManagedUserRecord[]> {
    return this.database.prepared<ManagedUserRecord>(
      'user_administration_list',
      `${SELECT} WHERE u.username > $1 AND (position(lower($2) IN u.username) > 0 OR position(lower($2) IN lower(u.email)) > 0)
       ORDER BY u.username LIMIT $3`,
      [page.last, page.search, page.limit],
    );
  }

  async find(username: string): Promise<ManagedUserRecord | undefined> {
    const [row] = await this.database.prepared<ManagedUserRecord>(
      'user_administration_find',
      `${SELECT} WHERE u.username = $1`,
      [username],
    );
    return row;
  }

  /** An audit row for each thing that is another one now. One administrator who may sign in always remains. */
  async change(username: string, change: UserChange, actor: Actor): Promise<UserChangeOutcome> {
    return this.database.transaction(async (tx) => {
      const before = await lockUser(tx, username);
      if (!before) return 'unknown';
      const after = {
        isAdmin: change.isAdmin ?? before.isAdmin,
        isDisabled: change.disabled ?? before.isDisabled,
      };
      if (administers(before) && !administers(after) && (await countAdministrators(tx)) === 1)
        return 'last administrator';
      await tx.$executeRaw`
        UPDATE app_user SET is_admin = ${after.isAdmin},
          disabled_at = CASE WHEN ${after.isDisabled} THEN coalesce(disabled_at, now()) END
        WHERE username = ${username}`;
      for (const action of actionsOf(before, after)) {
        await recordAudit(tx, { actor, action, namespaceId: null, target: username });
      }
      return 'changed';
    });
  }
}

interface UserState {
  readonly isAdmin: boolean;
  readonly isDisabled: boolean;
}

function administers({ isAdmin, isDisabled }: UserState): boolean {
  return isAdmin && !isDisabled;
}

function actionsOf(before: UserState, after: UserState): string[] {
  const actions = [];
  if (after.isAdmin !== before.isAdmin) actions.push(after.isAdmin ? 'user.promote' : 'user.demote');
  if (after.isDisabled !== before.isDisabled) actions.push(after.isDisabled ? 'user.disable' : 'user.enable');
  return actions;
}

/** Locks all administrators as well: two who go at the same moment can't both go. In one order, so without deadlock. */
async function lockUser(tx: Db, username: string): Promise<UserState | undefined> {
  const rows = await tx.$queryRaw<(UserState & { username: string })[]>`
    SELECT username, is_admin AS "isAdmin", disabled_at IS NOT NULL AS "isDisabled" FROM app_user
    WHERE username = ${username} OR is_admin ORDER BY id FOR UPDATE`;
  return rows.find((row) => row.username === username);
}

async function countAdministrators(tx: Db): Promise<number> {
  return tx.user.count({ where: { isAdmin: true, disabledAt: null } });
}
