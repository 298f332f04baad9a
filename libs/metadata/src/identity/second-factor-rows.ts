import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Db } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';

/**
 * What comes with a new factor: recovery codes when there are none that can still be used, and an end to what the
 * password alone has begot.
 */
export async function addFirstFactor(
  tx: Db,
  userId: string,
  recoveryHashes: readonly Uint8Array[],
): Promise<{ readonly recoveryCodes: boolean; readonly refreshTokens: number }> {
  const recoveryCodes = (await tx.recoveryCode.count({ where: { userId, usedAt: null } })) === 0;
  if (recoveryCodes) await insertCodes(tx, userId, recoveryHashes);
  const ended = await tx.refreshToken.deleteMany({ where: { userId, accessTokenId: null } });
  return { recoveryCodes, refreshTokens: ended.count };
}

/** Recovery codes stand in for a factor, so they go with the last one. */
export async function removeOrphanedCodes(tx: Db, userId: string): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { userId, user: { totpFactor: null, passkeys: { none: {} } } } });
}

export async function insertCodes(tx: Db, userId: string, hashes: readonly Uint8Array[]): Promise<void> {
  await tx.recoveryCode.createMany({ data: hashes.map((hash) => ({ userId, hash: new Uint8Array(hash) })) });
}

/** Factors of one user are changed one after the other, so that there is never more than one set of codes. */
export async function lockUser(tx: Db, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM app_user WHERE id = ${userId}::uuid FOR UPDATE`;
}

export async function auditFactor(
  tx: Db,
  actor: Actor,
  entry: { readonly action: string; readonly detail?: Prisma.InputJsonObject },
): Promise<void> {
  await recordAudit(tx, { actor, ...entry, namespaceId: null, target: actor.name ?? '' });
}
