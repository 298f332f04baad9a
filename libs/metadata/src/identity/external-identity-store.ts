import { randomUUID } from 'node:crypto';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import { AlreadyExistsError } from '../database-errors.js';
import type { Database, Db } from '../database.js';
import type { UserRecord } from './user-store.js';

export interface ExternalIdentityRecord {
  readonly id: string;
  readonly provider: string;
  /** What the person is called there. */
  readonly name: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** Somebody at a provider: `issuer` and `subject` together, and nothing else, say who. */
export interface NewExternalIdentity {
  readonly provider: string;
  readonly issuer: string;
  readonly subject: string;
  readonly name: string | null;
}

/** Who a person is at the services that sign them in. */
export class ExternalIdentityStore {
  constructor(private readonly database: Database) {}

  /** The account that this identity belongs to, unless it is disabled. */
  async findUser(issuer: string, subject: string): Promise<UserRecord | undefined> {
    const [row] = await this.database.prepared<UserRecord>(
      'external_identity_find_user',
      `UPDATE external_identity e SET last_used_at = now() FROM app_user u
       WHERE e.issuer = $1 AND e.subject = $2 AND u.id = e.user_id AND u.disabled_at IS NULL
       RETURNING u.id, u.username, u.email, u.is_admin AS "isAdmin", u.created_at AS "createdAt"`,
      [issuer, subject],
    );
    return row;
  }

  /** True when somebody has it, also when that account is disabled. */
  async isKnown(issuer: string, subject: string): Promise<boolean> {
    const rows = await this.database.prepared(
      'external_identity_is_known',
      'SELECT 1 FROM external_identity WHERE issuer = $1 AND subject = $2',
      [issuer, subject],
    );
    return rows.length > 0;
  }

  /** The oldest first. */
  async list(userId: string): Promise<ExternalIdentityRecord[]> {
    return this.database.prepared<ExternalIdentityRecord>(
      'external_identity_list',
      `SELECT id, provider, name, created_at AS "createdAt", last_used_at AS "lastUsedAt"
       FROM external_identity WHERE user_id = $1 ORDER BY created_at, id LIMIT 100`,
      [userId],
    );
  }

  /** False when the identity belongs to an account already. */
  async link(userId: string, identity: NewExternalIdentity, actor: Actor): Promise<boolean> {
    try {
      await this.database.transaction((tx) => addExternalIdentity(tx, { userId, ...identity }, actor));
      return true;
    } catch (error) {
      if (error instanceof AlreadyExistsError) return false;
      throw error;
    }
  }

  /** False when this user has no such identity. */
  async unlink(id: string, userId: string, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [gone] = await tx.$queryRaw<NewExternalIdentity[]>`
        DELETE FROM external_identity WHERE id = ${id}::uuid AND user_id = ${userId}::uuid
        RETURNING provider, issuer, subject, name`;
      if (!gone) return false;
      const detail = { before: describe(gone), after: null };
      await recordAudit(tx, { actor, action: 'identity.unlink', namespaceId: null, target: actor.name ?? '', detail });
      return true;
    });
  }
}

/** In the transaction that makes the account, or that links to it. Throws `AlreadyExistsError`. */
export async function addExternalIdentity(
  tx: Db,
  identity: NewExternalIdentity & { readonly userId: string },
  actor: Actor,
): Promise<void> {
  await tx.externalIdentity.create({ data: { id: randomUUID(), ...identity, lastUsedAt: new Date() } });
  const detail = { before: null, after: describe(identity) };
  await recordAudit(tx, { actor, action: 'identity.link', namespaceId: null, target: actor.name ?? '', detail });
}

function describe({ provider, issuer, subject }: NewExternalIdentity) {
  return { provider, issuer, subject };
}
