import type { Role } from '@stowage/contracts';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { type Positioned, positionOf, type SortColumns, sortedBy, type SortedPage } from '../browsing/sorted-page.js';
import { holdToLimit } from '../quota/hold-to-limit.js';
import type { Prisma } from '../generated/prisma/client.js';

export interface MemberRecord {
  readonly username: string;
  readonly role: Role;
  readonly addedAt: Date;
}

export type MemberSort = 'username' | 'addedAt';

const SORTS: Readonly<Record<MemberSort, SortColumns>> = {
  username: { value: 'u.username', type: 'text', tie: 'u.username' },
  addedAt: { value: 'm.created_at', type: 'timestamptz', tie: 'u.username' },
};

export type MemberChange = 'changed' | 'unknown user' | 'unknown member' | 'last owner';

interface MemberTarget {
  readonly namespace: { readonly id: string; readonly name: string };
  readonly username: string;
  readonly actor: Actor;
}

export class MemberStore {
  constructor(private readonly database: Database) {}

  /** By username; those whose username contains what is searched for. */
  async list(
    namespaceId: string,
    { search = '', ...page }: SortedPage<MemberSort>,
  ): Promise<(MemberRecord & Positioned)[]> {
    const by = page.order?.by ?? 'username';
    const sorted = sortedBy(SORTS[by], page, [namespaceId, search]);
    return this.database.prepared<MemberRecord & Positioned>(
      `member_list_${by}_${sorted.name}`,
      `SELECT u.username, m.role, m.created_at AS "addedAt", ${positionOf(SORTS[by])}
       FROM namespace_member m JOIN app_user u ON u.id = m.user_id
       WHERE m.namespace_id = $1 AND position(lower($2) IN u.username) > 0${sorted.sql}`,
      [...sorted.values],
    );
  }

  /** Adds a member or changes a role. A namespace always keeps an owner. Throws `LimitExceededError`. */
  async put(target: MemberTarget, role: Role): Promise<MemberChange> {
    return this.database.transaction((tx) => putMember(tx, target, role));
  }

  async remove(target: MemberTarget): Promise<MemberChange> {
    return this.database.transaction((tx) => removeMember(tx, target));
  }
}

/** The same as a part of something larger. */
export async function putMember(tx: Db, target: MemberTarget, role: Role): Promise<MemberChange> {
  const user = await tx.user.findUnique({ where: { username: target.username }, select: { id: true } });
  if (!user) return 'unknown user';
  if (role !== 'owner' && (await isLastOwner(tx, target.namespace.id, user.id))) return 'last owner';
  const key = { namespaceId: target.namespace.id, userId: user.id };
  const before = await tx.member.findUnique({ where: { namespaceId_userId: key }, select: { role: true } });
  await tx.member.upsert({ where: { namespaceId_userId: key }, create: { ...key, role }, update: { role } });
  if (!before) await holdToLimit(tx, key.namespaceId, 'members');
  await audit(tx, target, { action: 'member.put', detail: { before, after: { role } } });
  return 'changed';
}

/** The same as a part of something larger. */
export async function removeMember(tx: Db, target: MemberTarget): Promise<MemberChange> {
  const user = await tx.user.findUnique({ where: { username: target.username }, select: { id: true } });
  if (!user) return 'unknown member';
  if (await isLastOwner(tx, target.namespace.id, user.id)) return 'last owner';
  const [gone] = await tx.$queryRaw<{ role: Role }[]>`
    DELETE FROM namespace_member WHERE namespace_id = ${target.namespace.id}::uuid AND user_id = ${user.id}::uuid
    RETURNING role`;
  if (!gone) return 'unknown member';
  await audit(tx, target, { action: 'member.delete', detail: { before: { role: gone.role }, after: null } });
  return 'changed';
}

/** Locks all owners of the namespace: two owners who leave at the same moment can't both go. */
async function isLastOwner(tx: Db, namespaceId: string, userId: string): Promise<boolean> {
  const owners = await tx.$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM namespace_member
    WHERE namespace_id = ${namespaceId}::uuid AND role = 'owner' ORDER BY user_id FOR UPDATE`;
  return owners.length === 1 && owners[0]?.userId === userId;
}

async function audit(
  tx: Db,
  { namespace, username, actor }: MemberTarget,
  entry: { readonly action: string; readonly detail: Prisma.InputJsonObject },
): Promise<void> {
  await recordAudit(tx, { actor, ...entry, namespaceId: namespace.id, target: `${namespace.name}/${username}` });
}
