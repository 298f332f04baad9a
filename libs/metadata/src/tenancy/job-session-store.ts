import { randomUUID } from 'node:crypto';
import type { Database } from '../database.js';

/** A CI job that a trust rule let in, and what it goes on with. */
export interface JobSession {
  /** The `sub` of its ID token. */
  readonly subject: string;
  readonly ruleIds: readonly string[];
  readonly expiresAt: Date;
}

export interface NewJobSession {
  readonly hash: Uint8Array;
  readonly subject: string;
  readonly ruleIds: readonly string[];
  readonly service: string;
  readonly lifetimeSeconds: number;
}

/** Sessions of CI jobs and the ID tokens that began them. Cross-tenant: a job may be let in by several namespaces. */
export class JobSessionStore {
  constructor(private readonly database: Database) {}

  /** Sessions that have ended go with the next one that begins. */
  async create({ hash, subject, ruleIds, service, lifetimeSeconds }: NewJobSession): Promise<void> {
    await this.database.prepared(
      'job_session_create',
      `WITH ended AS (
         DELETE FROM job_session WHERE id IN
           (SELECT id FROM job_session WHERE expires_at < now() ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED))
       INSERT INTO job_session (id, hash, subject, rule_ids, service, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))`,
      [randomUUID(), Buffer.from(hash), subject, ruleIds, service, lifetimeSeconds],
    );
  }

  /** Undefined when there is none for this service, or when it has ended. */
  async find(hash: Uint8Array, service: string): Promise<JobSession | undefined> {
    const [row] = await this.database.prepared<JobSession>(
      'job_session_find',
      `SELECT subject, rule_ids AS "ruleIds", expires_at AS "expiresAt" FROM job_session
       WHERE hash = $1 AND service = $2 AND expires_at > now()`,
      [Buffer.from(hash), service],
    );
    return row;
  }

  /** How often the ID token of this digest was shown, this time included. Forgets those that are not valid any more. */
  async countUse(digest: Uint8Array, expiresAt: Date): Promise<number> {
    const [row] = await this.database.prepared<{ uses: number }>(
      'job_token_use',
      `WITH expired AS (
         DELETE FROM job_token_use WHERE digest IN
           (SELECT digest FROM job_token_use WHERE expires_at < now() - interval '5 minutes' AND digest <> $1
            ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED))
       INSERT INTO job_token_use (digest, expires_at) VALUES ($1, $2)
       ON CONFLICT (digest) DO UPDATE SET uses = job_token_use.uses + 1 RETURNING uses`,
      [Buffer.from(digest), expiresAt],
    );
    return row?.uses ?? 1;
  }
}
