import { createHash } from 'node:crypto';

/**
 * Numbers that only a seed and a path decide (Doty-Humphrey's sfc32, started with SHA-256). Each part of the program draws
 * from a path of its own, so that what one does changes nothing for another.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor(seed: number, ...path: readonly (string | number)[]) {
    const start = createHash('sha256')
      .update([seed, ...path].join('/'))
      .digest();
    this.#a = start.readInt32LE(0);
    this.#b = start.readInt32LE(4);
    this.#c = start.readInt32LE(8);
    this.#counter = start.readInt32LE(12);
  }

  /** 32 bits. */
  #draw(): number {
    const drawn = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + drawn) | 0;
    return drawn >>> 0;
  }

  /** From 0 to just below 1. */
  fraction(): number {
    return this.#draw() / 2 ** 32;
  }

  /** A whole number; both ends are possible. */
  between(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** Throws RangeError for an empty list. */
  pick<T>(list: readonly T[]): T {
    const picked = list[this.between(0, list.length - 1)];
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  }

  /** Different ones, `count` at most, in a random order. */
  sample<T>(list: readonly T[], count: number): T[] {
    const left = [...list];
    const sampled: T[] = [];
    while (sampled.length < count && left.length > 0) {
      sampled.push(...left.splice(this.between(0, left.length - 1), 1));
    }
    return sampled;
  }

  /** A key, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) {
      left -= weight;
      if (left < 0) return key;
    }
    throw new RangeError('nothing to pick from');
  }

  bytes(length: number): Buffer<ArrayBuffer> {
    const words = new Uint32Array(Math.ceil(length / 4));
    for (let index = 0; index < words.length; index += 1) words[index] = this.#draw();
    return Buffer.from(words.buffer, 0, length);
  }
}
