import type { Overview } from '@stowage/contracts';
import { type Database, GarbageStore, jobsOverview, type RegistryTotals, registryTotals } from '@stowage/metadata';

interface Counted {
  readonly totals: RegistryTotals;
  readonly at: Date;
}

const COUNTED_FOR_MS = 30_000;

/** What administrators see first. Totals read whole tables and are remembered for half a minute; the rest is of now. */
export class RegistryOverview {
  readonly #garbage: GarbageStore;
  #counted: Counted | undefined;
  #counting: Promise<Counted> | undefined;

  constructor(private readonly database: Database) {
    this.#garbage = new GarbageStore(database, { seconds: 0 });
  }

  async get(): Promise<Overview> {
    const [counted, jobs, backlog] = await Promise.all([
      this.#count(),
      jobsOverview(this.database),
      this.#garbage.backlog(),
    ]);
    const due = backlog.reduce((sum, queue) => sum + queue.due, 0);
    const oldestSeconds = Math.max(0, ...backlog.map((queue) => queue.oldestSeconds));
    return { ...counted.totals, countedAt: counted.at.toISOString(), jobs, garbage: { due, oldestSeconds } };
  }

  async #count(): Promise<Counted> {
    if (this.#counted && Date.now() - this.#counted.at.getTime() < COUNTED_FOR_MS) return this.#counted;
    this.#counting ??= registryTotals(this.database)
      .then((totals) => (this.#counted = { totals, at: new Date() }))
      .finally(() => {
        this.#counting = undefined;
      });
    return this.#counting;
  }
}
