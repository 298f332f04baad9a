import type { DomainList, SignUpDomain } from '@stowage/contracts';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';

/** Of the domains that were added, so many stand in the audit row by name. */
const NAMED = 50;

/** Cross-tenant: the domains whose addresses may, or may not, belong to accounts. Each is on one list. */
export class SignUpDomainStore {
  constructor(private readonly database: Database) {}

  /** By name, after `last`; those that contain `search`. */
  async list(page: { list: DomainList; search: string; last: string; limit: number }): Promise<SignUpDomain[]> {
    return this.database.prepared<SignUpDomain>(
      'sign_up_domain_list',
      `SELECT domain, list FROM sign_up_domain
       WHERE list = $1 AND domain > $2 AND position($3 IN domain) > 0 ORDER BY domain LIMIT $4`,
      [page.list, page.last, page.search, page.limit],
    );
  }

  /**
   * Whether an account may have an address at this domain: none of it and of those above it is blocked, and one of them is
   * allowed where any is.
   */
  async takes(domain: string): Promise<boolean> {
    const labels = domain.split('.');
    const names = labels.map((_label, index) => labels.slice(index).join('.'));
    const [row] = await this.database.prepared<{ takes: boolean }>(
      'sign_up_domain_takes',
      `SELECT NOT EXISTS (SELECT 1 FROM sign_up_domain WHERE domain = ANY($1) AND list = 'blocked')
         AND (NOT EXISTS (SELECT 1 FROM sign_up_domain WHERE list = 'allowed')
           OR EXISTS (SELECT 1 FROM sign_up_domain WHERE domain = ANY($1) AND list = 'allowed')) AS takes`,
      [names],
    );
    return row?.takes ?? true;
  }

  /** One transaction with one audit row; how many were not on the list before. */
  async add(list: DomainList, domains: readonly string[], actor: Actor): Promise<number> {
    return this.database.transaction(async (tx) => {
      // In one order, so that two who add the same wait for each other.
      const added = await tx.$queryRaw<{ domain: string }[]>`
        INSERT INTO sign_up_domain (domain, list)
        SELECT DISTINCT d, ${list} FROM unnest(${[...domains]}::text[]) d ORDER BY d
        ON CONFLICT (domain) DO UPDATE SET list = excluded.list WHERE sign_up_domain.list <> excluded.list
        RETURNING domain`;
      if (added.length === 0) return 0;
      const named = added.slice(0, NAMED).map(({ domain }) => domain);
      const detail = { domains: named, ...(added.length > NAMED ? { more: added.length - NAMED } : {}) };
      await recordAudit(tx, { actor, action: 'sign-up-domain.add', namespaceId: null, target: list, detail });
      return added.length;
    });
  }

  /** False when it is on no list. */
  async delete(domain: string, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [gone] = await tx.$queryRaw<{ list: string }[]>`
        DELETE FROM sign_up_domain WHERE domain = ${domain} RETURNING list`;
      if (!gone) return false;
      const detail = { before: { list: gone.list }, after: null };
      await recordAudit(tx, { actor, action: 'sign-up-domain.delete', namespaceId: null, target: domain, detail });
      return true;
    });
  }
}
