import { randomUUID } from 'node:crypto';
import type { Grant } from '@stowage/contracts';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import {
  neverFirst,
  type Positioned,
  positionOf,
  type SortColumns,
  sortedBy,
  type SortedPage,
} from '../browsing/sorted-page.js';
import type { Database } from '../database.js';
import type { UserRecord } from './user-store.js';

export interface AccessTokenRecord {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly grants: Grant[] | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  /** From where it was used then. */
  readonly lastUsedAddress: string | null;
}

/** A token that may be used just now, with its owner. */
export interface UsableAccessToken {
  readonly id: string;
  readonly grants: Grant[] | null;
  readonly expiresAt: Date | null;
  readonly user: UserRecord;
}

export interface NewAccessToken {
  readonly userId: string;
  readonly name: string;
  readonly hash: Uint8Array;
  readonly hint: string;
  readonly grants: readonly Grant[] | null;
  readonly expiresInDays: number | null;
  readonly actor: Actor;
}

const COLUMNS = `id, name, hint, grants, created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt",
  last_used_address AS "lastUsedAddress"`;

export type AccessTokenSort = 'name' | 'createdAt' | 'lastUsedAt';

const SORTS: Readonly<Record<AccessTokenSort, SortColumns>> = {
  name: { value: 'name', type: 'text', tie: 'id' },
  createdAt: { value: 'created_at', type: 'timestamptz', tie: 'id' },
  lastUsedAt: { value: neverFirst('last_used_at'), type: 'timestamptz', tie: 'id' },
};

const NEWEST_FIRST = { by: 'createdAt', descending: true } as const;

/** The owner's row is joined: a disabled user's tokens are no tokens. */
const FIND_USABLE = `
  SELECT t.id, t.grants, t.expires_at AS "expiresAt", u.id AS "userId", u.username, u.email, u.is_admin AS "isAdmin", u.created_at AS "createdAt"
  FROM access_token t JOIN app_user u ON u.id = t.user_id AND u.disabled_at IS NULL
  WHERE t.hash = $1 AND (t.expires_at IS NULL OR t.expires_at > now())`;

/** Two runners that take turns are two writes a second at most, not one for each pull. */
const TOUCH = `
  UPDATE access_token SET last_used_at = now(), last_used_address = $2
  WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute'
    OR (last_used_address IS DISTINCT FROM $2 AND last_used_at < now() - interval '1 second'))`;

export class AccessTokenStore {
  constructor(private readonly database: Database) {}

  async findUsable(hash: Uint8Array): Promise<UsableAccessToken | undefined> {
    const [row] = await this.database.prepared<
      Omit<UsableAccessToken, 'user'> & { userId: string } & Omit<UserRecord, 'id'>
    >('access_token_find_usable', FIND_USABLE, [Buffer.from(hash)]);
    if (!row) return undefined;
    const { id, grants, expiresAt, userId, username, email, isAdmin, createdAt } = row;
    return { id, grants, expiresAt, user: { id: userId, username, email, isAdmin, createdAt } };
  }

  /** Whose it is although it may not be used just now: for the records, never to let anybody in. */
  async findOwner(hash: Uint8Array): Promise<{ readonly username: string; readonly isDisabled: boolean } | undefined> {
    const [row] = await this.database.prepared<{ username: string; isDisabled: boolean }>(
      'access_token_find_owner',
      `SELECT u.username, u.disabled_at IS NOT NULL AS "isDisabled"
       FROM access_token t JOIN app_user u ON u.id = t.user_id WHERE t.hash = $1`,
      [Buffer.from(hash)],
    );
    return row;
  }

  /** Limits of a credential that a registry token names: re-read for writes. Undefined when it is no longer usable. */
  async findLimits(id: string): Promise<{ readonly grants: Grant[] | null } | undefined> {
    const [row] = await this.database.prepared<{ grants: Grant[] | null }>(
      'access_token_find_limits',
      'SELECT grants FROM access_token WHERE id = $1 AND (expires_at IS NULL OR expires_at > now())',
      [id],
    );
    return row;
  }

  /** The newest first; those whose name contains what is searched for. */
  async list(
    userId: string,
    { search = '', order = NEWEST_FIRST, ...page }: SortedPage<AccessTokenSort>,
  ): Promise<(AccessTokenRecord & Positioned)[]> {
    const columns = SORTS[order.by];
    const sorted = sortedBy(columns, { ...page, order }, [userId, search]);
    return this.database.prepared<AccessTokenRecord & Positioned>(
      `access_token_list_${order.by}_${sorted.name}`,
      `SELECT ${COLUMNS}, ${positionOf(columns)} FROM access_token
       WHERE user_id = $1 AND position(lower($2) IN lower(name)) > 0${sorted.sql}`,
      [...sorted.values],
    );
  }

  async create(input: NewAccessToken): Promise<AccessTokenRecord> {
    const { userId, name, hash, hint, grants, expiresInDays, actor } = input;
    return this.database.transaction(async (tx) => {
      const rows = await tx.$queryRaw<AccessTokenRecord[]>`
        INSERT INTO access_token (id, user_id, name, hash, hint, grants, expires_at)
        VALUES (${randomUUID()}::uuid, ${userId}::uuid, ${name}, ${Buffer.from(hash)}, ${hint},
                ${grants === null ? null : JSON.stringify(grants)}::jsonb,
                now() + make_interval(days => ${expiresInDays}::int))
        RETURNING id, name, hint, grants, created_at AS "createdAt", expires_at AS "expiresAt",
                  last_used_at AS "lastUsedAt", last_used_address AS "lastUsedAddress"`;
      const [record] = rows as [AccessTokenRecord];
      const after = {
        grants: grants?.map(grantText) ?? 'everything',
        expires: record.expiresAt?.toISOString() ?? 'never',
      };
      const detail = { before: null, after };
      await recordAudit(tx, { actor, action: 'access-token.create', namespaceId: null, target: name, detail });
      return record;
    });
  }

  /** False when this user has no such token. Its refresh tokens go with it. */
  async delete(id: string, userId: string, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [gone] = await tx.$queryRaw<{ name: string }[]>`
        DELETE FROM access_token WHERE id = ${id}::uuid AND user_id = ${userId}::uuid RETURNING name`;
      if (!gone) return false;
      await recordAudit(tx, { actor, action: 'access-token.delete', namespaceId: null, target: gone.name });
      return true;
    });
  }

  /** Once a minute at most, so that a busy CI job is not a write a pull; at once when it comes from somewhere else. */
  async touch(id: string, address: string): Promise<void> {
    await this.database.changed('access_token_touch', TOUCH, [id, address]);
  }
}

function grantText({ repository, actions }: Grant): string {
  return `${repository}: ${actions.join(', ')}`;
}
