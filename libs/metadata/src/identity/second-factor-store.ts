import type { Actor } from '../actor.js';
import type { Database } from '../database.js';
import { addFirstFactor, auditFactor, insertCodes, lockUser, removeOrphanedCodes } from './second-factor-rows.js';

/** What a user has to prove besides the password. */
export interface SecondFactors {
  /** Since when codes of an authenticator app count; null: they don't. */
  readonly totpSince: Date | null;
  readonly recoveryCodesLeft: number;
}

export interface NewTotp {
  readonly key: string;
  /** The time step of the code that proves the key, if it does so at this time (seconds since 1970). */
  readonly match: (at: number) => number | undefined;
  readonly recoveryHashes: readonly Uint8Array[];
}

export type TotpOutcome = 'wrong code' | 'enabled already' | { readonly recoveryCodes: boolean };

const SUMMARY = `
  SELECT (SELECT created_at FROM totp_factor WHERE user_id = $1) AS "totpSince",
         (SELECT count(*)::int FROM recovery_code WHERE user_id = $1 AND used_at IS NULL) AS "recoveryCodesLeft"`;

/** Which second factors somebody has. How their codes are checked: `SecondFactorCheck`. */
export class SecondFactorStore {
  constructor(private readonly database: Database) {}

  async find(userId: string): Promise<SecondFactors> {
    const [row] = await this.database.prepared<SecondFactors>('second_factor_find', SUMMARY, [userId]);
    return row ?? { totpSince: null, recoveryCodesLeft: 0 };
  }

  /** Whether the password alone is not enough. */
  async isNeeded(userId: string): Promise<boolean> {
    const rows = await this.database.prepared(
      'second_factor_is_needed',
      'SELECT 1 FROM totp_factor WHERE user_id = $1 UNION ALL SELECT 1 FROM passkey WHERE user_id = $1 LIMIT 1',
      [userId],
    );
    return rows.length > 0;
  }

  /**
   * Codes of the key count from now on. The hashes become the user's recovery codes if there are none that can still be
   * used. What the password alone has begot ends.
   */
  async enableTotp(userId: string, totp: NewTotp, actor: Actor): Promise<TotpOutcome> {
    return this.database.transaction(async (tx) => {
      await lockUser(tx, userId);
      const [clock] = await tx.$queryRaw<{ now: number }[]>`SELECT extract(epoch FROM now())::float8 AS now`;
      const step = totp.match(clock?.now ?? 0);
      if (step === undefined) return 'wrong code';
      if ((await tx.totpFactor.count({ where: { userId } })) > 0) return 'enabled already';
      await tx.totpFactor.create({ data: { userId, key: totp.key, lastStep: step } });
      const detail = await addFirstFactor(tx, userId, totp.recoveryHashes);
      await auditFactor(tx, actor, { action: 'totp.enable', detail });
      return { recoveryCodes: detail.recoveryCodes };
    });
  }

  /** The recovery codes go with the last factor. False when codes of an app did not count. */
  async disableTotp(userId: string, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      await lockUser(tx, userId);
      const { count } = await tx.totpFactor.deleteMany({ where: { userId } });
      if (count === 0) return false;
      await removeOrphanedCodes(tx, userId);
      await auditFactor(tx, actor, { action: 'totp.disable' });
      return true;
    });
  }

  /** All that there were stop to count. */
  async replaceRecoveryCodes(userId: string, hashes: readonly Uint8Array[], actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockUser(tx, userId);
      const { count } = await tx.recoveryCode.deleteMany({ where: { userId } });
      await insertCodes(tx, userId, hashes);
      await auditFactor(tx, actor, {
        action: 'recovery-code.replace',
        detail: { before: { codes: count }, after: { codes: hashes.length } },
      });
    });
  }
}
