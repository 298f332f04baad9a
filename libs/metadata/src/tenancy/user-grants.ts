import type { AccessGrant, Role } from '@stowage/contracts';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { grantsAsJson, holdsPath } from './grant-sql.js';
import { GrantStore, replaceGrants } from './grant-store.js';

export interface GrantedUser {
  readonly username: string;
  readonly grants: readonly AccessGrant[];
}

/** Somebody who reaches a repository by more than its visibility. */
export interface RepositoryReader {
  readonly username: string;
  readonly role: Role | null;
  /** Those that hold the repository. */
  readonly grants: readonly AccessGrant[];
}

interface NamespaceRef {
  readonly id: string;
  readonly name: string;
}

interface Page {
  readonly last: string;
  readonly limit: number;
}

const HOLDERS = `
  SELECT m.user_id AS id FROM namespace_member m WHERE m.namespace_id = r.namespace_id
  UNION SELECT g.subject_id FROM access_grant g
    WHERE g.namespace_id = r.namespace_id AND g.subject_kind = 'user' AND ${holdsPath('g.path', 'r.path')}`;

/** What a namespace has granted to single people, besides roles. */
export class UserGrants {
  constructor(private readonly database: Database) {}

  /** Everybody who holds some, by name. */
  async list(namespace: NamespaceRef, page: Page): Promise<GrantedUser[]> {
    return this.database.prepared<GrantedUser>(
      'user_grants_list',
      `SELECT u.username, ${grantsAsJson('$2::text')} AS grants
       FROM access_grant g JOIN app_user u ON u.id = g.subject_id
       WHERE g.namespace_id = $1 AND g.subject_kind = 'user' AND u.username > $3
       GROUP BY u.username ORDER BY u.username LIMIT $4`,
      [namespace.id, namespace.name, page.last, page.limit],
    );
  }

  /** Everybody who reaches the repository by a role or a grant, by name. */
  async listReaders(repositoryId: string, page: Page): Promise<RepositoryReader[]> {
    return this.database.prepared<RepositoryReader>(
      'user_grants_readers',
      `SELECT u.username, me.role,
         (SELECT ${grantsAsJson('n.name')} FROM access_grant g WHERE g.subject_id = u.id AND g.subject_kind = 'user'
            AND g.namespace_id = n.id AND ${holdsPath('g.path', 'r.path')}) AS grants
       FROM repository r JOIN namespace n ON n.id = r.namespace_id
       CROSS JOIN LATERAL (${HOLDERS}) AS holder
       JOIN app_user u ON u.id = holder.id AND u.disabled_at IS NULL
       LEFT JOIN namespace_member me ON me.namespace_id = n.id AND me.user_id = u.id
       WHERE r.id = $1 AND u.username > $2 ORDER BY u.username LIMIT $3`,
      [repositoryId, page.last, page.limit],
    );
  }

  /** Replaces all that the person holds; none ends them. False for an unknown person. Throws `ForeignGrantError`. */
  async replace(namespace: NamespaceRef, { username, grants }: GrantedUser, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [user] = await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM app_user WHERE username = ${username} FOR UPDATE`;
      if (!user) return false;
      const subject = { kind: 'user' as const, id: user.id };
      const before = wordsOf(await new GrantStore(this.database).list({ namespace, subject }));
      await replaceGrants(tx, { namespace, subject }, grants);
      const detail = { before: { grants: before }, after: { grants: wordsOf(grants) } };
      const target = `${namespace.name}/${username}`;
      await recordAudit(tx, { actor, action: 'grant.put', namespaceId: namespace.id, target, detail });
      return true;
    });
  }
}

/** `acme/app pull, push`, as a person reads it in the audit log. */
function wordsOf(grants: readonly AccessGrant[]): string[] {
  return grants.map(({ repository, actions }) => `${repository} ${actions.join('+')}`);
}
