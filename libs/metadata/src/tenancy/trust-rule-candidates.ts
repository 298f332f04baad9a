import type { ClaimConditions } from '@stowage/contracts';
import type { Database } from '../database.js';

/** A trust rule of any namespace that may let a job in. */
export interface TrustedRule {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly issuer: string;
  readonly audience: string;
  readonly claims: ClaimConditions;
}

const RULE = `SELECT t.id, t.name, n.name AS namespace, t.issuer, t.audience, t.claims
  FROM trust_rule t JOIN namespace n ON n.id = t.namespace_id AND n.deleted_at IS NULL`;

/** What the token service asks of trust rules. Cross-tenant: a job's token says which issuer made it, and no namespace. */
export class TrustRuleCandidates {
  constructor(private readonly database: Database) {}

  /**
   * The rules for this issuer and one of the audiences whose exact conditions the claims meet, the oldest first. `claims`
   * are the token's, as text; what has a pattern is left to the caller.
   */
  async list(issuer: string, audiences: readonly string[], claims: ClaimConditions): Promise<TrustedRule[]> {
    return this.database.prepared<TrustedRule>(
      'trust_rule_candidates',
      `${RULE} WHERE t.issuer = $1 AND t.audience = ANY ($2::text[]) AND t.exact_claims <@ $3::jsonb
       ORDER BY t.created_at, t.id`,
      [issuer, audiences, JSON.stringify(claims)],
    );
  }

  /** Those of the rules that are still there, the oldest first. */
  async findAll(ids: readonly string[]): Promise<TrustedRule[]> {
    return this.database.prepared<TrustedRule>(
      'trust_rule_find_all',
      `${RULE} WHERE t.id = ANY ($1::uuid[]) ORDER BY t.created_at, t.id`,
      [ids],
    );
  }

  /** A statistic: once a minute and job at most. */
  async touch(id: string, subject: string): Promise<void> {
    await this.database.prepared(
      'trust_rule_touch',
      `UPDATE trust_rule SET last_used_at = now(), last_used_by = $2
       WHERE id = $1 AND (last_used_at IS NULL OR last_used_by <> $2 OR last_used_at < now() - interval '1 minute')`,
      [id, subject],
    );
  }
}
