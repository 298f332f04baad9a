import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { type QueuedMail, queueMail } from '../mail/mail-queue.js';
import { endAccountLinks } from './account-link.js';
import { keyOf } from './session-store.js';

export interface NewPassword {
  readonly userId: string;
  readonly passwordHash: string;
  /** The cookie's id of the one session that goes on; null: none does. */
  readonly sessionId: string | null;
}

export interface PasswordChange extends NewPassword {
  readonly actor: Actor;
  /** The letter that says so to the account's owner. */
  readonly notice: QueuedMail;
}

/** What ended with a password. */
export interface EndedWithPassword {
  readonly sessions: number;
  readonly accessTokens: number;
}

/** One transaction with its letter and its audit row. */
export async function changePassword(database: Database, change: PasswordChange): Promise<void> {
  const { actor, notice, ...password } = change;
  await database.transaction(async (tx) => {
    const { email: _, ...detail } = await replacePassword(tx, password);
    await queueMail(tx, notice);
    await recordAudit(tx, { actor, action: 'user.password', namespaceId: null, target: actor.name ?? '', detail });
  });
}

/**
 * A new password, and an end to everything that the old one has begot: whoever knew it may have made sessions, tokens and
 * links.
 */
export async function replacePassword(
  tx: Db,
  { userId, passwordHash, sessionId }: NewPassword,
): Promise<EndedWithPassword & { readonly email: string }> {
  const { email } = await tx.user.update({ where: { id: userId }, data: { passwordHash } });
  const kept = sessionId === null ? {} : { id: { not: keyOf(sessionId) } };
  const sessions = await tx.session.deleteMany({ where: { userId, ...kept } });
  await tx.refreshToken.deleteMany({ where: { userId } });
  const accessTokens = await tx.accessToken.deleteMany({ where: { userId } });
  await endAccountLinks(tx, userId, ['reset-password', 'change-address']);
  return { email, sessions: sessions.count, accessTokens: accessTokens.count };
}
