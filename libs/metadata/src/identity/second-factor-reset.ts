import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { lockUser } from './second-factor-rows.js';

export type SecondFactorResetOutcome = 'reset' | 'unknown' | 'none';

/**
 * Cross-tenant: takes all second factors of somebody who has lost them away, for an administrator. Every session of the
 * account ends with them, because who asks for this may not be who it is said to be.
 */
export async function resetSecondFactors(
  database: Database,
  username: string,
  actor: Actor,
): Promise<SecondFactorResetOutcome> {
  return database.transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { username }, select: { id: true } });
    if (!user) return 'unknown';
    await lockUser(tx, user.id);
    const where = { userId: user.id };
    const totp = await tx.totpFactor.deleteMany({ where });
    const passkeys = await tx.passkey.deleteMany({ where });
    if (totp.count + passkeys.count === 0) return 'none';
    await tx.recoveryCode.deleteMany({ where });
    await tx.secondFactorFailure.deleteMany({ where });
    const sessions = await tx.session.deleteMany({ where });
    const before = { authenticatorApp: totp.count === 1, passkeys: passkeys.count };
    const detail = { before, after: { authenticatorApp: false, passkeys: 0 }, sessions: sessions.count };
    await recordAudit(tx, { actor, action: 'user.reset-factors', namespaceId: null, target: username, detail });
    return 'reset';
  });
}
