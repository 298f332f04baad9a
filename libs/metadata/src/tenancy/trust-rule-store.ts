import { randomUUID } from 'node:crypto';
import type { AccessGrant, ClaimConditions } from '@stowage/contracts';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { grantsAsJson } from './grant-sql.js';
import { replaceGrants } from './grant-store.js';

export const MAX_TRUST_RULES = 100;

export interface TrustRuleRecord {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly audience: string;
  readonly claims: ClaimConditions;
  readonly grants: readonly AccessGrant[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** The `sub` of the job that used it last. */
  readonly lastUsedBy: string | null;
}

export type NewTrustRule = Pick<TrustRuleRecord, 'name' | 'issuer' | 'audience' | 'claims' | 'grants'>;

interface OwningNamespace {
  readonly id: string;
  readonly name: string;
}

/** SQL: rules as `TrustRuleRecord`; a rule never changes, so what is read of one stays true. */
const selectRule = (namespaceName: string) => `
  SELECT t.id, t.name, t.issuer, t.audience, t.claims, t.created_at AS "createdAt",
    t.last_used_at AS "lastUsedAt", t.last_used_by AS "lastUsedBy",
    (SELECT ${grantsAsJson(namespaceName)} FROM access_grant g
     WHERE g.subject_id = t.id AND g.subject_kind = 'rule' AND g.namespace_id = t.namespace_id) AS grants
  FROM trust_rule t`;

/** The namespace has as many rules as it may have. */
export class TooManyTrustRulesError extends Error {
  override name = 'TooManyTrustRulesError';
}

/** Which CI jobs a namespace lets in. A rule is never changed: another one is made. */
export class TrustRuleStore {
  constructor(private readonly database: Database) {}

  /** By name. */
  async list(namespace: OwningNamespace, page: { last: string; limit: number }): Promise<TrustRuleRecord[]> {
    return this.database.prepared<TrustRuleRecord>(
      'trust_rule_list',
      `${selectRule('$4::text')} WHERE t.namespace_id = $1 AND t.name > $2 ORDER BY t.name LIMIT $3`,
      [namespace.id, page.last, page.limit, namespace.name],
    );
  }

  /** Throws `AlreadyExistsError` for a name that is taken, `TooManyTrustRulesError` and `ForeignGrantError`. */
  async create(namespace: OwningNamespace, rule: NewTrustRule, actor: Actor): Promise<TrustRuleRecord> {
    const { name, issuer, audience, claims, grants } = rule;
    return this.database.transaction(async (tx) => {
      // Two that are made at the same time see each other here.
      await tx.$queryRaw`SELECT id FROM namespace WHERE id = ${namespace.id}::uuid FOR NO KEY UPDATE`;
      const count = await tx.trustRule.count({ where: { namespaceId: namespace.id } });
      if (count >= MAX_TRUST_RULES) throw new TooManyTrustRulesError('a namespace has 100 trust rules at most');
      const made = await tx.trustRule.create({
        data: {
          id: randomUUID(),
          namespaceId: namespace.id,
          name,
          issuer,
          audience,
          claims,
          exactClaims: exact(claims),
        },
      });
      await replaceGrants(tx, { namespace, subject: { kind: 'rule', id: made.id } }, grants);
      const detail = { before: null, after: describe(rule) };
      const target = `${namespace.name}/${name}`;
      await recordAudit(tx, { actor, action: 'trust-rule.create', namespaceId: namespace.id, target, detail });
      const { id, createdAt } = made;
      return { id, name, issuer, audience, claims, grants, createdAt, lastUsedAt: null, lastUsedBy: null };
    });
  }

  /** False when the namespace has no such rule. Its jobs lose what it granted at once. */
  async delete(namespace: OwningNamespace, id: string, actor: Actor): Promise<boolean> {
    const rule = await this.#find(namespace, id);
    if (!rule) return false;
    return this.database.transaction(async (tx) => {
      const { count } = await tx.trustRule.deleteMany({ where: { id, namespaceId: namespace.id } });
      if (count === 0) return false;
      const detail = { before: describe(rule), after: null };
      const target = `${namespace.name}/${rule.name}`;
      await recordAudit(tx, { actor, action: 'trust-rule.delete', namespaceId: namespace.id, target, detail });
      return true;
    });
  }

  async #find(namespace: OwningNamespace, id: string): Promise<TrustRuleRecord | undefined> {
    const [row] = await this.database.prepared<TrustRuleRecord>(
      'trust_rule_find',
      `${selectRule('$3::text')} WHERE t.namespace_id = $1 AND t.id = $2`,
      [namespace.id, id, namespace.name],
    );
    return row;
  }
}

function exact(claims: ClaimConditions): ClaimConditions {
  return Object.fromEntries(Object.entries(claims).filter(([, pattern]) => !pattern.includes('*')));
}

function describe({ issuer, audience, claims, grants }: NewTrustRule) {
  return {
    issuer,
    audience,
    claims: Object.entries(claims)
      .map(([claim, pattern]) => `${claim} = ${pattern}`)
      .toSorted(),
    grants: grants.map(({ repository, actions }) => `${repository}: ${actions.join(' and ')}`),
  };
}
