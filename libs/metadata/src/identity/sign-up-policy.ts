import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';

const SIGN_UP_MODES = ['open', 'invite', 'closed'] as const;
export type SignUpMode = (typeof SIGN_UP_MODES)[number];

const NAME = 'sign-up.mode';

/** Who may make an account, when an administrator has said it; otherwise the environment does. */
export class SignUpPolicy {
  constructor(private readonly database: Database) {}

  /** Undefined: nobody has said it. */
  async find(): Promise<SignUpMode | undefined> {
    const [row] = await this.database.prepared<{ value: unknown }>(
      'sign_up_policy_find',
      'SELECT value FROM setting WHERE name = $1',
      [NAME],
    );
    return SIGN_UP_MODES.find((mode) => mode === row?.value);
  }

  /** Null: the environment says it again. One transaction with its audit row; nothing when it is so already. */
  async put(mode: SignUpMode | null, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${NAME}, 0))`;
      const stored = (await tx.setting.findUnique({ where: { name: NAME } }))?.value;
      const before = SIGN_UP_MODES.find((each) => each === stored) ?? null;
      if (before === mode) return;
      if (mode === null) await tx.setting.deleteMany({ where: { name: NAME } });
      else
        await tx.setting.upsert({
          where: { name: NAME },
          create: { name: NAME, value: mode },
          update: { value: mode },
        });
      const detail = { before: { mode: before ?? 'environment' }, after: { mode: mode ?? 'environment' } };
      await recordAudit(tx, { actor, action: 'setting.sign-up', namespaceId: null, target: 'sign-up', detail });
    });
  }
}
