import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { type QueuedMail, queueMail } from '../mail/mail-queue.js';

export interface TakeOver {
  readonly namespace: string;
  /** Who becomes an owner of it. */
  readonly username: string;
  readonly actor: Actor;
  /** The letter to each of its owners, the new one included. */
  readonly notice: (owner: { readonly email: string }) => QueuedMail;
}

export type TakeOverOutcome = 'done' | 'unknown namespace' | 'unknown user' | 'personal';

/**
 * Cross-tenant: makes somebody an owner of an organisation that has lost its own, or whose owners can't be reached (T11).
 * The row is in the namespace's own log, and every owner is told; who owns it stays an owner. No limit of members stands in
 * the way. Nothing happens for somebody who owns it already.
 */
export async function takeOverNamespace(
  database: Database,
  { actor, notice, ...names }: TakeOver,
): Promise<TakeOverOutcome> {
  return database.transaction(async (tx) => {
    const [namespace] = await tx.$queryRaw<{ id: string; isPersonal: boolean }[]>`
      SELECT id, kind = 'personal' AS "isPersonal" FROM namespace
      WHERE name = ${names.namespace} AND deleted_at IS NULL FOR UPDATE`;
    if (!namespace) return 'unknown namespace';
    if (namespace.isPersonal) return 'personal';
    const user = await tx.user.findFirst({
      where: { username: names.username, disabledAt: null },
      select: { id: true },
    });
    if (!user) return 'unknown user';
    const key = { namespaceId: namespace.id, userId: user.id };
    const before = await tx.member.findUnique({ where: { namespaceId_userId: key }, select: { role: true } });
    if (before?.role === 'owner') return 'done';
    await tx.member.upsert({
      where: { namespaceId_userId: key },
      create: { ...key, role: 'owner' },
      update: { role: 'owner' },
    });
    await recordAudit(tx, {
      actor,
      action: 'namespace.take-over',
      namespaceId: namespace.id,
      target: `${names.namespace}/${names.username}`,
      detail: { before, after: { role: 'owner' } },
    });
    for (const owner of await ownersOf(tx, namespace.id)) await queueMail(tx, notice(owner));
    return 'done';
  });
}

async function ownersOf(tx: Db, namespaceId: string): Promise<{ email: string }[]> {
  return tx.$queryRaw<{ email: string }[]>`
    SELECT u.email FROM namespace_member m JOIN app_user u ON u.id = m.user_id
    WHERE m.namespace_id = ${namespaceId}::uuid AND m.role = 'owner' AND u.disabled_at IS NULL ORDER BY u.id`;
}
