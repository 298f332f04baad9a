import { randomUUID } from 'node:crypto';
import type { Grant } from '@stowage/contracts';
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

const FIND_USABLE = `
  UPDATE refresh_token f SET last_used_at = now()
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

  async create(token: {
    readonly hash: Uint8Array;
    readonly userId: string;
    readonly accessTokenId: string | null;
    readonly service: string;
    readonly clientId: string;
  }): Promise<void> {
    const { hash, ...rest } = token;
    await this.database.run((db) =>
      db.refreshToken.create({ data: { id: randomUUID(), hash: new Uint8Array(hash), ...rest }, select: { id: true } }),
    );
  }

  /** Finds and touches it; after 90 idle days, or without its access token, it is gone. */
  async use(hash: Uint8Array, service: string): Promise<UsableRefreshToken | undefined> {
    const [row] = await this.database.prepared<
      Omit<UsableRefreshToken, 'user'> & { userId: string } & Omit<UserRecord, 'id'>
    >('refresh_token_use', FIND_USABLE, [Buffer.from(hash), service]);
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
