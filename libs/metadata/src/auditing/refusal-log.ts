import { type AuditEntry, recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { hashedKey, type RateLimit } from '../limiting/rate-limit.js';
import { RateLimiter } from '../limiting/rate-limiter.js';

const WINDOW_SECONDS = 3600;
/** Rows an hour about the same from the same, from the same at all, and of one action from everybody. */
const MAX_ROWS = { same: 10, source: 100, action: 2000 } as const;

export interface Refusal extends Omit<AuditEntry, 'namespaceId'> {
  /** The name of the namespace that it is about, if any; it need not exist. */
  readonly namespace?: string;
  /** Who or where it comes from, for the limits: a network, or the id of a principal. */
  readonly source: string;
}

/**
 * Audit rows of what was refused. Whoever is refused decides how often, so rows are counted and an hour holds a bounded
 * number of them: the row that reaches a limit says so (`more: true`), and what follows is not written down. A limit that
 * is reached costs Postgres nothing more.
 */
export class RefusalLog {
  readonly #limiter: RateLimiter;

  constructor(private readonly database: Database) {
    this.#limiter = new RateLimiter(database);
  }

  async record({ source, namespace, ...entry }: Refusal): Promise<void> {
    const limits = [
      limitOf(MAX_ROWS.same, [entry.action, source, entry.target]),
      limitOf(MAX_ROWS.source, [entry.action, source]),
      limitOf(MAX_ROWS.action, [entry.action]),
    ];
    if (this.#limiter.isKnownFull(limits)) return;
    const standings = await this.#limiter.count(limits);
    if (standings.some(({ count, limit }) => count > limit.max)) return;
    const isLast = standings.some(({ count, limit }) => count === limit.max);
    const detail = { ...entry.detail, ...(isLast ? { more: true } : {}) };
    await this.database.statements(async (tx) => {
      const [found] =
        namespace === undefined
          ? []
          : await tx.$queryRaw<{ id: string }[]>`SELECT id FROM namespace WHERE name = ${namespace}`;
      await recordAudit(tx, { ...entry, namespaceId: found?.id ?? null, detail });
    });
  }
}

function limitOf(max: number, counted: readonly string[]): RateLimit {
  return { key: hashedKey('refusal', counted), max, windowSeconds: WINDOW_SECONDS };
}
