import type { JWTVerifyGetKey } from 'jose';
import type { Issuer } from './issuer.js';

/** A key that an issuer took away verifies nothing after this long. */
const MAX_AGE_MS = 10 * 60_000;
/** While an issuer can't be reached, its last keys verify this long. */
const MAX_AGE_IN_OUTAGE_MS = 60 * 60_000;
/** How often at most one issuer is asked: for a key that is not known yet, or after a failure. */
const COOLDOWN_MS = 15_000;
const MAX_ISSUERS = 500;

interface Entry {
  keys: JWTVerifyGetKey | undefined;
  fetchedAtMs: number;
  triedAtMs: number;
  failure: unknown;
  loading: Promise<JWTVerifyGetKey> | undefined;
}

export interface KeySource {
  fetch(issuer: Issuer): Promise<JWTVerifyGetKey>;
}

/**
 * The keys of issuers, remembered. Callers at the same time share one fetch; a failure is remembered for some seconds, so
 * that a stream of bad tokens is not a stream of requests to somebody else.
 */
export class IssuerKeyCache {
  readonly #entries = new Map<Issuer, Entry>();

  constructor(
    private readonly source: KeySource,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Throws IssuerUnavailableError. */
  async get(issuer: Issuer): Promise<JWTVerifyGetKey> {
    const entry = this.#entryOf(issuer);
    const now = this.clock();
    const ageMs = now - entry.fetchedAtMs;
    if (entry.keys && ageMs < MAX_AGE_MS) return entry.keys;
    const isRecentFailure = entry.failure !== undefined && now - entry.triedAtMs < COOLDOWN_MS;
    const lastKeys = ageMs < MAX_AGE_IN_OUTAGE_MS ? entry.keys : undefined;
    if (isRecentFailure) {
      if (lastKeys) return lastKeys;
      throw entry.failure;
    }
    try {
      return await this.#load(issuer, entry);
    } catch (error) {
      if (lastKeys) return lastKeys;
      throw error;
    }
  }

  /** For a token whose key is not among those of `get`: newer ones, or undefined when they were fetched just now. */
  async getNewer(issuer: Issuer): Promise<JWTVerifyGetKey | undefined> {
    const entry = this.#entryOf(issuer);
    if (!entry.loading && this.clock() - entry.triedAtMs < COOLDOWN_MS) return undefined;
    try {
      return await this.#load(issuer, entry);
    } catch {
      return undefined;
    }
  }

  async #load(issuer: Issuer, entry: Entry): Promise<JWTVerifyGetKey> {
    entry.loading ??= this.#fetch(issuer, entry);
    return entry.loading;
  }

  async #fetch(issuer: Issuer, entry: Entry): Promise<JWTVerifyGetKey> {
    entry.triedAtMs = this.clock();
    try {
      entry.keys = await this.source.fetch(issuer);
      entry.fetchedAtMs = this.clock();
      entry.failure = undefined;
      return entry.keys;
    } catch (error) {
      entry.failure = error;
      throw error;
    } finally {
      entry.loading = undefined;
    }
  }

  #entryOf(issuer: Issuer): Entry {
    const known = this.#entries.get(issuer);
    const entry = known ?? {
      keys: undefined,
      fetchedAtMs: Number.NEGATIVE_INFINITY,
      triedAtMs: Number.NEGATIVE_INFINITY,
      failure: undefined,
      loading: undefined,
    };
    // The one that was asked for last is the last of the map: the first goes when there are too many.
    this.#entries.delete(issuer);
    this.#entries.set(issuer, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MAX_ISSUERS && oldest !== undefined) this.#entries.delete(oldest);
    return entry;
  }
}
