import { createHash, randomUUID } from 'node:crypto';
import type { Actor } from '../actor.js';
import type { Database, Db } from '../database.js';
import { AlreadyExistsError } from '../database-errors.js';
import { addFirstFactor, auditFactor, lockUser, removeOrphanedCodes } from './second-factor-rows.js';
import type { UserRecord } from './user-store.js';

export interface PasskeyRecord {
  readonly id: string;
  readonly name: string;
  readonly credentialId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly transports: string[];
  readonly isSynced: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export type NewPasskeyRecord = Omit<PasskeyRecord, 'id' | 'createdAt' | 'lastUsedAt'>;

/** A challenge that was answered. It is kept until it counts no more by itself. */
export interface SpentChallenge {
  readonly challenge: string;
  readonly spentUntil: Date;
}

export interface PasskeyAddition {
  readonly passkey: NewPasskeyRecord;
  readonly spent: SpentChallenge;
  readonly recoveryHashes: readonly Uint8Array[];
}

const COLUMNS = `
  p.id, p.name, p.credential_id AS "credentialId", p.public_key AS "publicKey", p.counter::float8 AS counter, p.transports,
  p.is_synced AS "isSynced", p.created_at AS "createdAt", p.last_used_at AS "lastUsedAt"`;

export class PasskeyStore {
  constructor(private readonly database: Database) {}

  /** The oldest first. */
  async list(userId: string): Promise<PasskeyRecord[]> {
    return this.database.prepared<PasskeyRecord>(
      'passkey_list',
      `SELECT ${COLUMNS} FROM passkey p WHERE p.user_id = $1 ORDER BY p.created_at, p.id`,
      [userId],
    );
  }

  /** With its owner, unless that account is disabled. */
  async findByCredential(credentialId: string): Promise<{ passkey: PasskeyRecord; owner: UserRecord } | undefined> {
    const [row] = await this.database.prepared<PasskeyRecord & { owner: UserRecord & { createdAt: string } }>(
      'passkey_find_by_credential',
      `SELECT ${COLUMNS}, json_build_object('id', u.id, 'username', u.username, 'email', u.email, 'isAdmin', u.is_admin,
         'createdAt', u.created_at) AS owner
       FROM passkey p JOIN app_user u ON u.id = p.user_id WHERE p.credential_id = $1 AND u.disabled_at IS NULL`,
      [credentialId],
    );
    if (!row) return undefined;
    const { owner, ...passkey } = row;
    return { passkey, owner: { ...owner, createdAt: new Date(owner.createdAt) } };
  }

  /** Undefined when the challenge was spent before or somebody has this very passkey; else whether the hashes were taken. */
  async add(
    userId: string,
    { passkey, spent, recoveryHashes }: PasskeyAddition,
    actor: Actor,
  ): Promise<{ readonly id: string; readonly recoveryCodes: boolean } | undefined> {
    const id = randomUUID();
    try {
      return await this.database.transaction(async (tx) => {
        await lockUser(tx, userId);
        await spend(tx, spent);
        await tx.passkey.create({ data: { id, userId, ...passkey }, select: { id: true } });
        const detail = await addFirstFactor(tx, userId, recoveryHashes);
        await auditFactor(tx, actor, { action: 'passkey.create', detail: { name: passkey.name, ...detail } });
        return { id, recoveryCodes: detail.recoveryCodes };
      });
    } catch (error) {
      if (error instanceof AlreadyExistsError) return undefined;
      throw error;
    }
  }

  /** Notes a use. False when the challenge was spent before. */
  async use(id: string, proof: SpentChallenge & { readonly counter: number }): Promise<boolean> {
    try {
      return await this.database.transaction(async (tx) => {
        await spend(tx, proof);
        const used = await tx.$executeRaw`
          UPDATE passkey SET counter = greatest(counter, ${proof.counter}::bigint), last_used_at = now()
          WHERE id = ${id}::uuid`;
        return used === 1;
      });
    } catch (error) {
      if (error instanceof AlreadyExistsError) return false;
      throw error;
    }
  }

  /** False when this user has no such passkey. */
  async rename(id: string, userId: string, change: { readonly name: string; readonly actor: Actor }): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      await lockUser(tx, userId);
      const before = await tx.passkey.findFirst({ where: { id, userId }, select: { name: true } });
      if (!before) return false;
      await tx.passkey.update({ where: { id }, data: { name: change.name }, select: { id: true } });
      const detail = { before, after: { name: change.name } };
      await auditFactor(tx, change.actor, { action: 'passkey.rename', detail });
      return true;
    });
  }

  /** The recovery codes go with the last factor. False when this user has no such passkey. */
  async remove(id: string, userId: string, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      await lockUser(tx, userId);
      const before = await tx.passkey.findFirst({ where: { id, userId }, select: { name: true } });
      if (!before) return false;
      await tx.passkey.delete({ where: { id }, select: { id: true } });
      await removeOrphanedCodes(tx, userId);
      await auditFactor(tx, actor, { action: 'passkey.delete', detail: { name: before.name } });
      return true;
    });
  }

  /** Cross-tenant, for the expiry job: challenges that count no more need no memory. */
  async forgetSpent(): Promise<number> {
    return this.database.run((db) => db.$executeRaw`DELETE FROM spent_challenge WHERE spent_until < now()`);
  }
}

/** Throws AlreadyExistsError for a challenge that was spent before. */
async function spend(tx: Db, { challenge, spentUntil }: SpentChallenge): Promise<void> {
  const hash = new Uint8Array(createHash('sha256').update(challenge, 'utf8').digest());
  await tx.spentChallenge.create({ data: { hash, spentUntil }, select: { hash: true } });
}
