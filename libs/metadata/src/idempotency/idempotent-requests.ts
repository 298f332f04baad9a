import type { Database } from '../database.js';

/** A request that its sender may repeat without doing anything twice. */
export interface IdempotentRequest {
  /** SHA-256 of the caller and the caller's key. */
  readonly id: Uint8Array;
  readonly userId: string;
  /** SHA-256 of what is asked for. */
  readonly request: Uint8Array;
}

export interface KeptAnswer {
  readonly status: number;
  /** JSON; null for an answer without content. */
  readonly answer: string | null;
}

export type IdempotencyClaim =
  /** The caller is the first, and calls `keep` or `release`. */
  | { readonly kind: 'first' }
  | ({ readonly kind: 'answered' } & KeptAnswer)
  | { readonly kind: 'another request' }
  | { readonly kind: 'running' }
  /** Whoever was first has never said how it ended; it may have done what it was asked for. */
  | { readonly kind: 'unknown end' };

interface Row {
  readonly isSame: boolean;
  readonly status: number | null;
  readonly answer: string | null;
  readonly isRunning: boolean;
}

/** Seconds that a request may take. */
const RUNNING_SECONDS = 60;

/**
 * What requests with an `Idempotency-Key` have answered, for a day. A key is never let go on doubt: a request whose end
 * nobody knows, because its process died, is not run again under the same key.
 */
export class IdempotentRequests {
  constructor(private readonly database: Database) {}

  async claim({ id, userId, request }: IdempotentRequest): Promise<IdempotencyClaim> {
    const claimed = await this.database.changed(
      'idempotent_request_claim',
      `INSERT INTO idempotent_request AS r (id, user_id, request, running_until, expires_at)
       VALUES ($1, $2, $3, now() + make_interval(secs => $4), now() + interval '24 hours')
       ON CONFLICT (id) DO UPDATE SET request = excluded.request, status = NULL, answer = NULL,
         running_until = excluded.running_until, expires_at = excluded.expires_at
       WHERE r.expires_at <= now()
       RETURNING 1`,
      [Buffer.from(id), userId, Buffer.from(request), RUNNING_SECONDS],
    );
    if (claimed.length > 0) return { kind: 'first' };
    const [row] = await this.database.prepared<Row>(
      'idempotent_request_find',
      `SELECT request = $2 AS "isSame", status, answer, running_until > now() AS "isRunning"
       FROM idempotent_request WHERE id = $1`,
      [Buffer.from(id), Buffer.from(request)],
    );
    return toClaim(row);
  }

  /** What everybody is answered from now on who sends the same again. */
  async keep({ id }: Pick<IdempotentRequest, 'id'>, { status, answer }: KeptAnswer): Promise<void> {
    await this.database.changed(
      'idempotent_request_keep',
      'UPDATE idempotent_request SET status = $2, answer = $3 WHERE id = $1',
      [Buffer.from(id), status, answer],
    );
  }

  /** Nothing was done: the key is as good as new. */
  async release({ id }: Pick<IdempotentRequest, 'id'>): Promise<void> {
    await this.database.changed('idempotent_request_release', 'DELETE FROM idempotent_request WHERE id = $1', [
      Buffer.from(id),
    ]);
  }

  /** Returns how many. A key that is used after its time is the first of a new one anyway. */
  async deleteExpired(): Promise<number> {
    return this.database.run((db) => db.$executeRaw`DELETE FROM idempotent_request WHERE expires_at <= now()`);
  }
}

function toClaim(row: Row | undefined): IdempotencyClaim {
  // Released between the two statements; whoever asks again may be the first.
  if (!row) return { kind: 'running' };
  const { isSame, status, answer, isRunning } = row;
  if (!isSame) return { kind: 'another request' };
  if (status !== null) return { kind: 'answered', status, answer };
  return { kind: isRunning ? 'running' : 'unknown end' };
}
