import { randomBytes } from 'node:crypto';
import { type Actor, userActor } from '../actor.js';
import { recordAudit } from '../audit.js';
import { forgetPerson } from '../auditing/pseudonym.js';
import type { Database, Db } from '../database.js';
import { removeNamespace } from '../tenancy/namespace-removal.js';
import { forgetAddress } from './forget-address.js';
import { formerNamesOf } from './former-usernames.js';
import type { UserRecord } from './user-store.js';

/** What stands in the way of an account's end, and what goes with it. */
export interface AccountEnd {
  /** Organisations that nobody else owns. */
  readonly soleOwnerOf: readonly string[];
  /** Whether nobody else administers this registry. */
  readonly isLastAdministrator: boolean;
  /** Repositories of the personal namespace. */
  readonly repositories: number;
}

export type AccountDeletionOutcome =
  | { readonly kind: 'deleted' }
  /** It was something else that was agreed to; nothing has happened. */
  | { readonly kind: 'refused'; readonly end: AccountEnd };

/** The end of an account, as its owner wants it. */
export class AccountDeletion {
  constructor(private readonly database: Database) {}

  async preview(user: UserRecord): Promise<AccountEnd> {
    return this.database.transaction((tx) => findEnd(tx, user));
  }

  /**
   * The user, everything that belongs to nobody else, and the personal namespace with exactly this many repositories. What
   * others own and what the log tells stays, under a pseudonym; the name is nobody's for 90 days.
   */
  async delete(
    user: UserRecord,
    agreed: { readonly repositories: number; readonly address: string },
  ): Promise<AccountDeletionOutcome> {
    return this.database.transaction(async (tx) => {
      // Administrators and owners who go at the same moment wait for each other, in one order.
      await tx.$queryRaw`SELECT 1 FROM app_user WHERE id = ${user.id}::uuid OR is_admin ORDER BY id FOR UPDATE`;
      const own = await lockPersonalNamespace(tx, user);
      const end = await findEnd(tx, user);
      if (end.soleOwnerOf.length > 0 || end.isLastAdministrator || end.repositories !== agreed.repositories) {
        return { kind: 'refused', end };
      }
      await erase(tx, { user, namespaceId: own, end, actor: userActor(user, { address: agreed.address }) });
      return { kind: 'deleted' };
    });
  }
}

interface Erasure {
  readonly user: UserRecord;
  readonly namespaceId: string | null;
  readonly end: AccountEnd;
  readonly actor: Actor;
}

async function erase(tx: Db, { user, namespaceId, end, actor }: Erasure): Promise<void> {
  const pseudonym = `deleted-${randomBytes(6).toString('hex')}`;
  const { id, username, email } = user;
  const memberships = await tx.member.count({ where: { userId: id, namespace: { kind: 'organization' } } });
  const invitations = await forgetAddress(tx, id);
  const formerUsernames = await formerNamesOf(tx, id);
  const audited = await forgetPerson(tx, { id, username, formerUsernames, email, namespaceId, pseudonym });
  if (namespaceId !== null) await removeNamespace(tx, namespaceId);
  await tx.user.delete({ where: { id }, select: { id: true } });
  const detail = { repositories: end.repositories, memberships, invitations, pseudonymised: audited };
  await recordAudit(tx, {
    actor: { ...actor, name: pseudonym, address: null },
    action: 'user.delete',
    namespaceId: null,
    target: pseudonym,
    detail,
  });
}

async function lockPersonalNamespace(tx: Db, { username }: UserRecord): Promise<string | null> {
  const [own] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM namespace WHERE name = ${username} AND kind = 'personal' FOR UPDATE`;
  return own?.id ?? null;
}

async function findEnd(tx: Db, { id, username, isAdmin }: UserRecord): Promise<AccountEnd> {
  const owners = await tx.$queryRaw<{ name: string; userId: string }[]>`
    SELECT n.name, m.user_id AS "userId" FROM namespace_member m JOIN namespace n ON n.id = m.namespace_id
    WHERE m.role = 'owner' AND n.kind = 'organization' AND n.deleted_at IS NULL AND m.namespace_id IN (
      SELECT mine.namespace_id FROM namespace_member mine WHERE mine.user_id = ${id}::uuid AND mine.role = 'owner')
    ORDER BY m.namespace_id, m.user_id FOR UPDATE OF m`;
  const shared = new Set(owners.filter(({ userId }) => userId !== id).map(({ name }) => name));
  const soleOwnerOf = owners.filter(({ userId, name }) => userId === id && !shared.has(name)).map(({ name }) => name);
  const others = isAdmin ? await tx.user.count({ where: { isAdmin: true, disabledAt: null, id: { not: id } } }) : 1;
  const repositories = await tx.repository.count({
    where: { deletedAt: null, namespace: { name: username, kind: 'personal' } },
  });
  return { soleOwnerOf: soleOwnerOf.toSorted(), isLastAdministrator: others === 0, repositories };
}
