import type { Clock, SigningKey } from '@stowage/auth';
import type { SigningKeyStore } from '@stowage/metadata';

/** A new key signs after this long at most, on every replica; verifiers look an unknown key up at once. */
const MAX_AGE_MS = 5_000;

/** The key to sign with now, remembered for some seconds. Concurrent callers share one load; a failed one is not kept. */
export class CurrentSigningKey {
  #loading: Promise<SigningKey> | undefined;
  #loadedAtMs = 0;

  constructor(
    private readonly store: Pick<SigningKeyStore, 'current'>,
    private readonly clock: Clock = () => new Date(),
  ) {}

  async get(): Promise<SigningKey> {
    const now = this.clock().getTime();
    const ageMs = now - this.#loadedAtMs;
    if (!this.#loading || ageMs < 0 || ageMs >= MAX_AGE_MS) {
      this.#loadedAtMs = now;
      this.#loading = this.#load();
    }
    return this.#loading;
  }

  async #load(): Promise<SigningKey> {
    try {
      return await this.store.current();
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }
}
