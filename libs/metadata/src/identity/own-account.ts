import type { Db } from '../database.js';

/** An account and its personal namespace, which is called as the account is. */
export interface OwnAccount {
  readonly username: string;
  readonly namespaceId: string;
}

/**
 * Locks the account, with `others` in one order so that two who name each other don't wait for each other, and then its
 * namespace. Undefined when the account has gone meanwhile.
 */
export async function lockOwnAccount(
  tx: Db,
  userId: string,
  others: readonly string[] = [],
): Promise<OwnAccount | undefined> {
  const rows = await tx.$queryRaw<{ id: string; username: string }[]>`
    SELECT id, username FROM app_user WHERE id = ${userId}::uuid OR username = ANY(${[...others]}::text[])
    ORDER BY id FOR UPDATE`;
  const username = rows.find(({ id }) => id === userId)?.username;
  if (username === undefined) return undefined;
  const [own] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM namespace WHERE name = ${username} AND kind = 'personal' AND deleted_at IS NULL FOR UPDATE`;
  return own && { username, namespaceId: own.id };
}
