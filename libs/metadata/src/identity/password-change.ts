import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { keyOf } from './session-store.js';

export interface PasswordChange {
  readonly userId: string;
  readonly passwordHash: string;
  /** The cookie's id of the one session that goes on; null: none does. */
  readonly sessionId: string | null;
  readonly actor: Actor;
}

/**
 * A new password, and an end to everything that the old one has begot: whoever knew it may have made sessions and tokens.
 * One transaction with its audit row.
 */
export async function changePassword(database: Database, change: PasswordChange): Promise<void> {
  const { userId, passwordHash, sessionId, actor } = change;
  await database.transaction(async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { passwordHash } });
    const kept = sessionId === null ? {} : { id: { not: keyOf(sessionId) } };
    const sessions = await tx.session.deleteMany({ where: { userId, ...kept } });
    await tx.refreshToken.deleteMany({ where: { userId } });
    const accessTokens = await tx.accessToken.deleteMany({ where: { userId } });
    const detail = { sessions: sessions.count, accessTokens: accessTokens.count };
    await recordAudit(tx, { actor, action: 'user.password', namespaceId: null, target: actor.name ?? '', detail });
  });
}
