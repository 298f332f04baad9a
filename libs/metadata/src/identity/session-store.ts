import { createHash } from 'node:crypto';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import { SignInNetworks } from './sign-in-networks.js';

/** What a session holds. It is kept under the SHA-256 of its id: who reads the table can't sign in with it. */
export interface SessionContent {
  readonly userId: string | null;
  readonly data: Prisma.InputJsonValue;
  readonly expiresAt: Date;
  /** Where it was begun; what is known already stays when they are absent. */
  readonly address?: string;
  readonly userAgent?: string;
}

/** A session as its owner sees it. */
export interface SessionRecord {
  /** Names it; it is not what the cookie holds. */
  readonly id: string;
  readonly createdAt: Date;
  /** To the minute. */
  readonly seenAt: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
}

export class SessionStore {
  constructor(private readonly database: Database) {}

  /** Its data, with `isActing` for `ActingStore` to say more. Undefined when there is none or it has ended by the database's clock. Notes that it was seen, once a minute. */
  async find(id: string): Promise<unknown> {
    const key = keyOf(id);
    const [row] = await this.database.prepared<{ data: object; isStale: boolean; isActing: boolean }>(
      'session_find',
      `SELECT s.data, s.seen_at < now() - interval '1 minute' AS "isStale", s.acting_until IS NOT NULL AS "isActing"
       FROM session s LEFT JOIN app_user u ON u.id = s.user_id
       WHERE s.id = $1 AND s.expires_at > now() AND u.disabled_at IS NULL`,
      [key],
    );
    if (row?.isStale === true) {
      await this.database.prepared('session_seen', 'UPDATE session SET seen_at = now() WHERE id = $1', [key]);
    }
    return row?.isActing === true ? { ...row.data, isActing: true } : row?.data;
  }

  /** A session with a user and an address is one that begins: from there the user is known from now on. */
  async put(id: string, content: SessionContent): Promise<void> {
    const key = keyOf(id);
    await this.database.run((db) =>
      db.session.upsert({ where: { id: key }, create: { id: key, ...content }, update: content, select: { id: true } }),
    );
    const { userId, address } = content;
    if (userId !== null && address !== undefined) await new SignInNetworks(this.database).note(userId, address);
  }

  /** Whether its owner has proved who they are in the last `seconds`, by the database's clock. */
  async isConfirmed(id: string, seconds: number): Promise<boolean> {
    const rows = await this.database.prepared(
      'session_is_confirmed',
      `SELECT 1 FROM session WHERE id = $1 AND expires_at > now() AND confirmed_at > now() - make_interval(secs => $2)`,
      [keyOf(id), seconds],
    );
    return rows.length === 1;
  }

  /** Notes that its owner has just proved who they are. Idempotent. */
  async confirm(id: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const found = await tx.$executeRaw`UPDATE session SET confirmed_at = now() WHERE id = ${keyOf(id)}`;
      if (found === 0) return;
      await recordAudit(tx, { actor, action: 'session.confirm', namespaceId: null, target: actor.name ?? '' });
    });
  }

  /** Idempotent. */
  async delete(id: string): Promise<void> {
    await this.database.run((db) => db.session.deleteMany({ where: { id: keyOf(id) } }));
  }

  /** The user's own, the one that was seen last first. */
  async list(userId: string): Promise<SessionRecord[]> {
    return this.database.prepared<SessionRecord>(
      'session_list',
      `SELECT encode(id, 'hex') AS id, created_at AS "createdAt", seen_at AS "seenAt", address, user_agent AS "userAgent"
       FROM session WHERE user_id = $1 AND expires_at > now() ORDER BY seen_at DESC, id LIMIT 100`,
      [userId],
    );
  }

  /** By the id that `list` gives. False when this user has no such session. */
  async end(recordId: string, userId: string, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const ended = await tx.$executeRaw`
        DELETE FROM session WHERE id = decode(${recordId}, 'hex') AND user_id = ${userId}::uuid`;
      if (ended === 0) return false;
      await recordAudit(tx, { actor, action: 'session.end', namespaceId: null, target: actor.name ?? '' });
      return true;
    });
  }

  /** All of the user's but one. Returns how many. */
  async endOthers(id: string, userId: string, actor: Actor): Promise<number> {
    return this.database.transaction(async (tx) => {
      const { count } = await tx.session.deleteMany({ where: { userId, id: { not: keyOf(id) } } });
      const detail = { sessions: count };
      if (count > 0) {
        await recordAudit(tx, {
          actor,
          action: 'session.end',
          namespaceId: null,
          target: actor.name ?? '',
          detail,
        });
      }
      return count;
    });
  }

  /** Cross-tenant, for the expiry job. Returns how many were removed. */
  async deleteExpired(): Promise<number> {
    return this.database.run((db) => db.$executeRaw`DELETE FROM session WHERE expires_at < now()`);
  }
}

/** What `SessionRecord.id` is for the id in a cookie. */
export function sessionRecordId(id: string): string {
  return Buffer.from(keyOf(id)).toString('hex');
}

export function keyOf(id: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(id).digest());
}
