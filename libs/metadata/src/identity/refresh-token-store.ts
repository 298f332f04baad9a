import { randomUUID } from 'node:crypto';
import type { Grant } from '@stowage/contracts';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import type { UserRecord } from './user-store.js';

const IDLE_DAYS = 90;

/** What a refresh token stands for: its user, limited by the credential that asked for it. */
export interface UsableRefreshToken {
  readonly id: string;
  readonly accessTokenId: string | null;
  /** When that access token ends, and this one with it. */
  readonly accessTokenExpiresAt: Date | null;
  readonly grants: Grant[] | null;
  readonly user: UserRecord;
}

/** A refresh token as its owner sees it. */
export interface RefreshTokenRecord {
  readonly id: string;
  readonly client: string;
  /** Name of the access token that it was made with; null for the password. */
  readonly accessToken: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly lastUsedAddress: string | null;
}

export interface NewRefreshToken {
  readonly hash: Uint8Array;
  readonly accessTokenId: string | null;
  readonly service: string;
  readonly clientId: string;
  /** The user whose it is. */
  readonly actor: Actor & { readonly id: string };
}

const LIST = `
  SELECT f.id, f.client_id AS client, t.name AS "accessToken", f.created_at AS "createdAt",
         f.last_used_at AS "lastUsedAt", f.last_used_address AS "lastUsedAddress"
  FROM refresh_token f LEFT JOIN access_token t ON t.id = f.access_token_id
  WHERE f.user_id = $1 AND f.last_used_at > now() - make_interval(days => ${IDLE_DAYS})
    AND (t.expires_at IS NULL OR t.expires_at > now())
  ORDER BY f.last_used_at DESC, f.id LIMIT 100`;

const FIND_USABLE = `
  UPDATE refresh_token f SET last_used_at = now(), last_used_address = $3
  FROM app_user u
  WHERE f.hash = $1 AND f.service = $2 AND u.id = f.user_id AND u.disabled_at IS NULL
    AND f.last_used_at > now() - make_interval(days => ${IDLE_DAYS})
    AND (f.access_token_id IS NULL OR EXISTS (
      SELECT 1 FROM access_token t WHERE t.id = f.access_token_id AND (t.expires_at IS NULL OR t.expires_at > now())))
  RETURNING f.id, f.access_token_id AS "accessTokenId", u.id AS "userId", u.username, u.email, u.is_admin AS "isAdmin",
    u.created_at AS "createdAt", (SELECT t.grants FROM access_token t WHERE t.id = f.access_token_id) AS grants,
    (SELECT t.expires_at FROM access_token t WHERE t.id = f.access_token_id) AS "accessTokenExpiresAt"`;

export class RefreshTokenStore {
  constructor(private readonly database: Database) {}

  async create({ hash, actor, ...bound }: NewRefreshToken): Promise<void> {
    const { accessTokenId, service, clientId } = bound;
    await this.database.statements(async (tx) => {
      await tx.$executeRaw`
        INSERT INTO refresh_token (id, hash, user_id, access_token_id, service, client_id, last_used_address)
        VALUES (${randomUUID()}::uuid, ${Buffer.from(hash)}, ${actor.id}::uuid, ${accessTokenId}::uuid, ${service},
                ${clientId}, ${actor.address})`;
      await recordAudit(tx, { actor, action: 'refresh-token.create', namespaceId: null, target: clientId });
    });
  }

  /** The user's own that may be used just now, the one that was used last first; a hundred at most. */
  async list(userId: string): Promise<RefreshTokenRecord[]> {
    return this.database.prepared<RefreshTokenRecord>('refresh_token_list', LIST, [userId]);
  }

  /** False when this user has no such token. */
  async delete(id: string, userId: string, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [gone] = await tx.$queryRaw<{ client: string }[]>`
        DELETE FROM refresh_token WHERE id = ${id}::uuid AND user_id = ${userId}::uuid RETURNING client_id AS client`;
      if (!gone) return false;
      await recordAudit(tx, { actor, action: 'refresh-token.delete', namespaceId: null, target: gone.client });
      return true;
    });
  }

  /** Cross-tenant, for the expiry job: those that nobody has used for long. Returns how many were removed. */
  async deleteIdle(): Promise<number> {
    return this.database.run(
      (db) => db.$executeRaw`
        DELETE FROM refresh_token WHERE last_used_at < now() - make_interval(days => ${IDLE_DAYS}::int)`,
    );
  }

  /** Finds and touches it; after 90 idle days, or without its access token, it is gone. */
  async use(hash: Uint8Array, service: string, address: string): Promise<UsableRefreshToken | undefined> {
    const [row] = await this.database.prepared<
      Omit<UsableRefreshToken, 'user'> & { userId: string } & Omit<UserRecord, 'id'>
    >('refresh_token_use', FIND_USABLE, [Buffer.from(hash), service, address]);
    if (!row) return undefined;
    const { id, accessTokenId, accessTokenExpiresAt, grants, userId, username, email, isAdmin, createdAt } = row;
    return {
      id,
      accessTokenId,
      accessTokenExpiresAt,
      grants,
      user: { id: userId, username, email, isAdmin, createdAt },
    };
  }
}
