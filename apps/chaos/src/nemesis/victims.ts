import type { Random } from '../random.js';
import type { AppProcess } from '../topology/app-process.js';

/** Replicas that may be harmed: one hand at a time on each of them, and one of them always left alone. */
export class Victims {
  readonly #taken = new Set<AppProcess>();

  constructor(private readonly registries: readonly AppProcess[]) {}

  /** Undefined, and nothing is done, when only one is left. */
  async take<T>(random: Random, harm: (registry: AppProcess, name: string) => Promise<T>): Promise<T | undefined> {
    const luck = random.fraction();
    const free = this.registries.filter((registry) => !this.#taken.has(registry));
    const registry = free[Math.floor(luck * free.length)];
    if (!registry || free.length < 2) return undefined;
    this.#taken.add(registry);
    try {
      return await harm(registry, `registry ${this.registries.indexOf(registry)}`);
    } finally {
      this.#taken.delete(registry);
    }
  }
}
