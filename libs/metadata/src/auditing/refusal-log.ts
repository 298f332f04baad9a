import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type AuditEntry, recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { RateWindows } from '../limiting/rate-windows.js';

const WINDOW_SECONDS = 3600;
/** Rows an hour about the same from the same, from the same at all, and of one action from everybody. */
const MAX_ROWS = { same: 10, source: 100, action: 2000 } as const;
const MAX_REMEMBERED = 20_000;

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
  readonly #windows: RateWindows;
  /** Keys of limits that are reached, until their windows are over. */
  readonly #full = new LRUCache<string, true>({ max: MAX_REMEMBERED });

  constructor(private readonly database: Database) {
    this.#windows = new RateWindows(database);
  }

  async record({ source, namespace, ...entry }: Refusal): Promise<void> {
    const limits = new Map([
      [keyOf([entry.action, source, entry.target]), MAX_ROWS.same],
      [keyOf([entry.action, source]), MAX_ROWS.source],
      [keyOf([entry.action]), MAX_ROWS.action],
    ]);
    const keys = [...limits.keys()];
    if (keys.some((key) => this.#full.has(key))) return;
    const windows = await this.#windows.count(keys.map((key) => ({ key, windowSeconds: WINDOW_SECONDS })));
    const reached = windows.filter(({ key, count }) => count >= (limits.get(key) ?? 0));
    for (const { key, endsInSeconds } of reached) this.#full.set(key, true, { ttl: endsInSeconds * 1000 });
    if (windows.some(({ key, count }) => count > (limits.get(key) ?? 0))) return;
    const detail = { ...entry.detail, ...(reached.length > 0 ? { more: true } : {}) };
    await this.database.statements(async (tx) => {
      const [found] =
        namespace === undefined
          ? []
          : await tx.$queryRaw<{ id: string }[]>`SELECT id FROM namespace WHERE name = ${namespace}`;
      await recordAudit(tx, { ...entry, namespaceId: found?.id ?? null, detail });
    });
  }
}

/** Of fixed length, whatever the target is called. */
function keyOf(parts: readonly string[]): string {
  return `refusal:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)}`;
}
