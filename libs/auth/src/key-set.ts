import type { CryptoKey } from 'jose';
import { type Clock, systemClock } from './clock.js';
import { importPublicKey, type PublicKey } from './public-key.js';

export interface KeySetOptions {
  readonly load: () => Promise<readonly PublicKey[]>;
  /** A removed key stops verifying after this long at most. */
  readonly maxAgeMs?: number | undefined;
  /** Least time between two loads that unknown key ids cause, so that forged tokens can't flood the store. */
  readonly minReloadMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

interface CachedKey {
  readonly publicKey: PublicKey;
  imported?: Promise<CryptoKey>;
}

/**
 * The keys that verify registry tokens, kept for a while. Concurrent callers share one load. A failed load fails the
 * callers that need it: an old set is never used past its age.
 */
export class KeySet {
  readonly #load: () => Promise<readonly PublicKey[]>;
  readonly #maxAgeMs: number;
  readonly #minReloadMs: number;
  readonly #clock: Clock;
  #keys = new Map<string, CachedKey>();
  #loadedAtMs = Number.NEGATIVE_INFINITY;
  #triedAtMs = Number.NEGATIVE_INFINITY;
  #loading: Promise<void> | undefined;

  constructor({ load, maxAgeMs = 30_000, minReloadMs = 1_000, clock = systemClock }: KeySetOptions) {
    this.#load = load;
    this.#maxAgeMs = maxAgeMs;
    this.#minReloadMs = minReloadMs;
    this.#clock = clock;
  }

  /** The key of that id, or undefined when the set has none. Each key is imported once. */
  async find(kid: string): Promise<CryptoKey | undefined> {
    if (this.#isOlder(this.#loadedAtMs, this.#maxAgeMs)) await this.#reload();
    if (!this.#keys.has(kid) && (this.#loading || this.#isOlder(this.#triedAtMs, this.#minReloadMs))) {
      await this.#reload();
    }
    const cached = this.#keys.get(kid);
    if (!cached) return undefined;
    cached.imported ??= importPublicKey(cached.publicKey);
    return cached.imported;
  }

  /** A clock that was set back counts as old: it must not prolong the life of a removed key. */
  #isOlder(sinceMs: number, ageMs: number): boolean {
    const elapsedMs = this.#clock().getTime() - sinceMs;
    return elapsedMs < 0 || elapsedMs >= ageMs;
  }

  #reload(): Promise<void> {
    this.#loading ??= this.#replaceKeys().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #replaceKeys(): Promise<void> {
    const startedAtMs = this.#clock().getTime();
    this.#triedAtMs = startedAtMs;
    const loaded = await this.#load();
    this.#keys = new Map(loaded.map((publicKey) => [publicKey.kid, this.#reuse(publicKey)]));
    this.#loadedAtMs = startedAtMs;
  }

  #reuse(publicKey: PublicKey): CachedKey {
    const earlier = this.#keys.get(publicKey.kid);
    const isSame =
      earlier?.publicKey.publicJwk.x === publicKey.publicJwk.x &&
      earlier?.publicKey.publicJwk.y === publicKey.publicJwk.y;
    return earlier && isSame ? earlier : { publicKey };
  }
}
