import { createHash } from 'node:crypto';
import type { Database } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';

/** What a session holds. It is kept under the SHA-256 of its id: who reads the table can't sign in with it. */
export interface SessionContent {
  readonly userId: string | null;
  readonly data: Prisma.InputJsonValue;
  readonly expiresAt: Date;
}

export class SessionStore {
  constructor(private readonly database: Database) {}

  /** Undefined when there is none or it has ended by the database's clock. */
  async find(id: string): Promise<unknown> {
    const [row] = await this.database.prepared<{ data: unknown }>(
      'session_find',
      `SELECT s.data FROM session s LEFT JOIN app_user u ON u.id = s.user_id
       WHERE s.id = $1 AND s.expires_at > now() AND u.disabled_at IS NULL`,
      [keyOf(id)],
    );
    return row?.data;
  }

  async put(id: string, content: SessionContent): Promise<void> {
    const key = keyOf(id);
    await this.database.run((db) =>
      db.session.upsert({ where: { id: key }, create: { id: key, ...content }, update: content, select: { id: true } }),
    );
  }

  /** Idempotent. */
  async delete(id: string): Promise<void> {
    await this.database.run((db) => db.session.deleteMany({ where: { id: keyOf(id) } }));
  }

  /** Cross-tenant, for the expiry job. Returns how many were removed. */
  async deleteExpired(): Promise<number> {
    return this.database.run((db) => db.$executeRaw`DELETE FROM session WHERE expires_at < now()`);
  }
}

function keyOf(id: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(id).digest());
}
