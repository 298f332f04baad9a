import type { StorageInventory } from '@stowage/metadata';
import type { SeenObject } from './blobs-in-storage.js';

const BATCH = 500;

/** Objects that no row seemed to name, written down by the hundreds; the database looks again. */
export class StrayNotes {
  readonly #waiting: SeenObject[] = [];
  /** Those that really have no row. */
  count = 0;

  constructor(
    private readonly inventory: Pick<StorageInventory, 'noteStrays'>,
    /** Younger ones may belong to a push that is not over. */
    private readonly oldest: Date,
  ) {}

  async add(object: SeenObject): Promise<void> {
    if (object.modifiedAt >= this.oldest) return;
    this.#waiting.push(object);
    if (this.#waiting.length >= BATCH) await this.flush();
  }

  async flush(): Promise<void> {
    this.count += await this.inventory.noteStrays(this.#waiting.splice(0));
  }
}
