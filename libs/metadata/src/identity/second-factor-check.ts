import { anonymousActor, userActor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import type { UserRecord } from './user-store.js';

/** Wrong codes that may be tried in one window. Of a million codes three count at a time. */
const MAX_FAILURES = 5;
const WINDOW_SECONDS = 5 * 60;

/** A code as somebody typed it: it may be one of either kind. */
export interface TypedCode {
  /** The time step of the code, if it is one of this key at this time (seconds since 1970) and later than `after`. */
  readonly matchTotp: (key: string, time: { readonly at: number; readonly after: number }) => number | undefined;
  readonly recoveryHash: Uint8Array | undefined;
}

export type CodeOutcome = 'accepted' | 'refused' | { readonly retryAfterSeconds: number };

/**
 * Checks a code of somebody who has given the right password or is signed in, and uses it up. After five wrong ones in
 * five minutes no code is looked at until these are over: nobody else can keep the owner out, and they not for long.
 */
export class SecondFactorCheck {
  constructor(private readonly database: Database) {}

  async use(user: UserRecord, code: TypedCode, address: string): Promise<CodeOutcome> {
    return this.database.transaction(async (tx) => {
      // One code at a time: a second request with the same one finds it used, and no more than five are tried.
      const [clock] = await tx.$queryRaw<{ now: number }[]>`
        SELECT extract(epoch FROM clock_timestamp())::float8 AS now FROM app_user WHERE id = ${user.id}::uuid FOR UPDATE`;
      if (!clock) return 'refused';
      const retryAfterSeconds = await secondsToWait(tx, user.id);
      if (retryAfterSeconds > 0) return { retryAfterSeconds };
      const isRight =
        (await useTotp(tx, user.id, { code, at: clock.now })) || (await useRecovery(tx, user, { code, address }));
      if (isRight) await tx.secondFactorFailure.deleteMany({ where: { userId: user.id } });
      else await noteFailure(tx, user, address);
      return isRight ? 'accepted' : 'refused';
    });
  }
}

async function secondsToWait(tx: Db, userId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ failures: number; left: number }[]>`
    SELECT failures, ceil(extract(epoch FROM since + make_interval(secs => ${WINDOW_SECONDS}) - now()))::int AS left
    FROM second_factor_failure WHERE user_id = ${userId}::uuid`;
  return row && row.failures >= MAX_FAILURES ? Math.max(row.left, 0) : 0;
}

async function useTotp(tx: Db, userId: string, use: { code: TypedCode; at: number }): Promise<boolean> {
  const factor = await tx.totpFactor.findUnique({ where: { userId } });
  if (!factor) return false;
  const step = use.code.matchTotp(factor.key, { at: use.at, after: Number(factor.lastStep) });
  if (step === undefined) return false;
  await tx.totpFactor.update({ where: { userId }, data: { lastStep: step } });
  return true;
}

async function useRecovery(
  tx: Db,
  { id, username }: UserRecord,
  { code, address }: { code: TypedCode; address: string },
): Promise<boolean> {
  if (!code.recoveryHash) return false;
  const { count } = await tx.recoveryCode.updateMany({
    where: { userId: id, hash: new Uint8Array(code.recoveryHash), usedAt: null },
    data: { usedAt: new Date() },
  });
  if (count === 0) return false;
  const left = await tx.recoveryCode.count({ where: { userId: id, usedAt: null } });
  const actor = userActor({ id, username }, { address });
  await recordAudit(tx, { actor, action: 'recovery-code.use', namespaceId: null, target: username, detail: { left } });
  return true;
}

async function noteFailure(tx: Db, { id, username }: UserRecord, address: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO second_factor_failure AS f (user_id, failures) VALUES (${id}::uuid, 1)
    ON CONFLICT (user_id) DO UPDATE SET
      failures = CASE WHEN f.since > now() - make_interval(secs => ${WINDOW_SECONDS}) THEN f.failures + 1 ELSE 1 END,
      since = CASE WHEN f.since > now() - make_interval(secs => ${WINDOW_SECONDS}) THEN f.since ELSE now() END`;
  const actor = anonymousActor(address);
  const detail = { at: 'dashboard', reason: 'second factor' };
  await recordAudit(tx, { actor, action: 'login.fail', namespaceId: null, target: username, detail });
}
