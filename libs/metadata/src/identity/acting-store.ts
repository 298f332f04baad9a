import { userActor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { keyOf } from './session-store.js';
import type { UserRecord } from './user-store.js';

const MAX_MINUTES = 30;

/** An administrator in the place of somebody else. */
export interface Acting {
  /** Null when the account is not there any more, or disabled. */
  readonly user: UserRecord | null;
  readonly until: Date;
  /** Nothing may be done any more but to go back. */
  readonly isOver: boolean;
}

export type ActingStart =
  | { readonly kind: 'started'; readonly user: UserRecord; readonly until: Date }
  | { readonly kind: 'unknown' | 'disabled' | 'administrator' };

interface ActingRow {
  readonly id: string | null;
  readonly username: string;
  readonly email: string;
  readonly isAdmin: boolean;
  readonly createdAt: Date;
  readonly until: Date;
  readonly isOver: boolean;
}

/** Sessions in which administrators act as somebody else: half an hour at the most, and every row names both. */
export class ActingStore {
  constructor(private readonly database: Database) {}

  /** Undefined for a session in which everybody is who they are. */
  async find(sessionId: string): Promise<Acting | undefined> {
    const [row] = await this.database.prepared<ActingRow>(
      'acting_find',
      `SELECT u.id, u.username, u.email, u.is_admin AS "isAdmin", u.created_at AS "createdAt",
              s.acting_until AS until, s.acting_until <= now() OR u.id IS NULL OR u.is_admin AS "isOver"
       FROM session s LEFT JOIN app_user u ON u.id = s.acting_as_id AND u.disabled_at IS NULL
       WHERE s.id = $1 AND s.acting_until IS NOT NULL`,
      [keyOf(sessionId)],
    );
    if (!row) return undefined;
    const { id, username, email, isAdmin, createdAt, until, isOver } = row;
    return { user: id === null ? null : { id, username, email, isAdmin, createdAt }, until, isOver };
  }

  /** From now on the session is the user's, for half an hour. Nobody acts as an administrator. */
  async start(
    sessionId: string,
    username: string,
    by: { readonly administrator: UserRecord; readonly address: string },
  ): Promise<ActingStart> {
    return this.database.transaction(async (tx) => {
      const user = await tx.user.findUnique({ where: { username } });
      if (!user) return { kind: 'unknown' };
      if (user.disabledAt) return { kind: 'disabled' };
      if (user.isAdmin) return { kind: 'administrator' };
      const [session] = await tx.$queryRaw<{ until: Date }[]>`
        UPDATE session SET acting_as_id = ${user.id}::uuid,
          acting_until = least(expires_at, now() + make_interval(mins => ${MAX_MINUTES}))
        WHERE id = ${keyOf(sessionId)} AND user_id = ${by.administrator.id}::uuid
        RETURNING acting_until AS until`;
      if (!session) return { kind: 'unknown' };
      await audit(tx, by, { action: 'user.act-as', username, detail: { until: session.until.toISOString() } });
      const { id, email, isAdmin, createdAt } = user;
      return { kind: 'started', user: { id, username, email, isAdmin, createdAt }, until: session.until };
    });
  }

  /** The session is the administrator's again. False when it was so already. */
  async stop(
    sessionId: string,
    by: { readonly administrator: UserRecord; readonly address: string },
  ): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [session] = await tx.$queryRaw<{ username: string | null }[]>`
        UPDATE session s SET acting_as_id = NULL, acting_until = NULL FROM session before
          LEFT JOIN app_user u ON u.id = before.acting_as_id
        WHERE s.id = ${keyOf(sessionId)} AND before.id = s.id AND before.acting_until IS NOT NULL
        RETURNING u.username`;
      if (!session) return false;
      await audit(tx, by, { action: 'user.stop-acting', username: session.username ?? 'deleted user' });
      return true;
    });
  }
}

/** In the log of the person's own namespace, so that they can see it as well. */
async function audit(
  tx: Db,
  { administrator, address }: { readonly administrator: UserRecord; readonly address: string },
  entry: { readonly action: string; readonly username: string; readonly detail?: { readonly until: string } },
): Promise<void> {
  const { username, ...rest } = entry;
  const own = await tx.namespace.findUnique({ where: { name: username }, select: { id: true, kind: true } });
  const namespaceId = own?.kind === 'personal' ? own.id : null;
  await recordAudit(tx, { actor: userActor(administrator, { address }), ...rest, namespaceId, target: username });
}
