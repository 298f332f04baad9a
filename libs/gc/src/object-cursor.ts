import type { StoredBlob } from '@stowage/metadata';
import type { SeenObject } from './blobs-in-storage.js';

/** Goes through the objects of storage, step by step with the rows. */
export class ObjectCursor {
  readonly #objects: AsyncIterator<SeenObject>;
  #next: SeenObject | undefined;
  #isOver = false;
  /** How many it has passed. */
  count = 0;

  constructor(objects: AsyncIterator<SeenObject>) {
    this.#objects = objects;
  }

  /** Passes all up to this row, or all there are: whether its object is among them. The others go to `onOther`. */
  async passTo(row: StoredBlob | undefined, onOther: (object: SeenObject) => Promise<void>): Promise<boolean> {
    let isThere = false;
    for (;;) {
      const object = await this.#peek();
      if (!object || (row && object.digest > row.digest)) return isThere;
      this.#next = undefined;
      this.count += 1;
      if (row && object.digest === row.digest && object.generation === row.generation) isThere = true;
      else await onOther(object);
    }
  }

  async #peek(): Promise<SeenObject | undefined> {
    if (this.#next || this.#isOver) return this.#next;
    const { done, value } = await this.#objects.next();
    this.#isOver = done === true;
    this.#next = done === true ? undefined : value;
    return this.#next;
  }
}
