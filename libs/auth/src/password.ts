import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { PasswordQueue, PasswordQueueFullError } from './password-queue.js';

/** As in the contract of `POST /session`; longer input is never hashed, because normalising it is work as well. */
const MAX_PASSWORD_LENGTH = 1024;

/** OWASP's first choice for argon2id. `Algorithm` is a const enum, which isolated modules can't import: 2 is argon2id. */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** One processor is left to everybody who needs no password checked, as far as there is another. */
const CONCURRENCY = Math.min(2, Math.max(1, availableParallelism() - 1));

/** No password has this hash; to verify against it costs what a real one costs. */
const DUMMY_HASH = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

export interface PasswordHasherOptions {
  /** Hashes at a time; each takes 19 MiB and a thread that file I/O wants too. */
  readonly concurrency?: number | undefined;
  /** How many may wait for their turn. */
  readonly maxQueued?: number | undefined;
}

/** Hashes and checks passwords with argon2id. Each method throws PasswordQueueFullError under too much load. */
export class PasswordHasher {
  readonly #queue: PasswordQueue;

  constructor({ concurrency = CONCURRENCY, maxQueued = 100 }: PasswordHasherOptions = {}) {
    this.#queue = new PasswordQueue({ concurrency, maxQueued });
  }

  /** The hash in PHC string form, with its salt and cost. Throws RangeError for a password over 1024 characters. */
  async hash(password: string): Promise<string> {
    if (password.length > MAX_PASSWORD_LENGTH) throw new RangeError('the password is too long');
    return this.#queue.run(() => hash(normalise(password), COST));
  }

  /**
   * Whether the password belongs to the hash. Without a hash (no such user) it is false after the same work, so that
   * time does not tell who has an account.
   */
  async verify(hashed: string | undefined, password: string): Promise<boolean> {
    return this.inTurn((verifyNow) => verifyNow(hashed, password));
  }

  /** Throws PasswordQueueFullError when a password that comes now would not be looked at: ask before anything else is done. */
  refuseWhenFull(): void {
    if (this.#queue.isFull) throw new PasswordQueueFullError();
  }

  /** Runs `work` when it has a place in the queue, which it keeps to its end: what it verifies does not wait again. */
  async inTurn<Result>(work: (verifyNow: VerifyPassword) => Promise<Result>): Promise<Result> {
    return this.#queue.run(() => work(verifyPassword));
  }
}

/** As `PasswordHasher.verify`. */
export type VerifyPassword = (hashed: string | undefined, password: string) => Promise<boolean>;

const verifyPassword: VerifyPassword = async (hashed, password) => {
  const isPossible = hashed !== undefined && password.length <= MAX_PASSWORD_LENGTH;
  const candidate = normalise(password.slice(0, MAX_PASSWORD_LENGTH));
  const isMatch = await verify(isPossible ? hashed : DUMMY_HASH, candidate);
  return isPossible && isMatch;
};

/** The same characters typed on another keyboard or system are the same password. */
function normalise(password: string): string {
  return password.normalize('NFKC');
}
