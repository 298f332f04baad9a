import type { PasswordHasher } from '@stowage/auth';
import type { RateLimit, RateLimiter, RateStanding, SignInNetworks, UserRecord, UserStore } from '@stowage/metadata';
import type { Attempt, IdentifiedAttempt } from './attempt.js';
import { forgivenLimits, limitsOf } from './attempt-limits.js';
import type { FailureLog } from './failure-log.js';
import { TooManyAttemptsError, WrongPasswordError } from './sign-in-errors.js';

export interface PasswordCheckDependencies {
  readonly users: UserStore;
  readonly passwords: PasswordHasher;
  readonly limiter: RateLimiter;
  readonly networks: SignInNetworks;
  readonly failures: FailureLog;
}

interface Budget {
  readonly isKnown: boolean;
  readonly limits: readonly RateLimit[];
}

/** After so many wrong ones a wrong one is 429, also where a right one still gets through: there, not for long. */
const PATIENCE = { attempts: 10, retryAfterSeconds: 30 };

/**
 * The one place that checks passwords. Unknown users cost the same queries and the same hashing as known ones. Wrong
 * passwords are counted for all replicas together (adr/0001), and the count is looked at when it is the attempt's turn to
 * be hashed, so that many at a time are not more guesses than one after the other.
 */
export class PasswordCheck {
  constructor(private readonly deps: PasswordCheckDependencies) {}

  /** Whose password it is. Throws WrongPasswordError, TooManyAttemptsError, and PasswordQueueFullError under load. */
  async signIn(attempt: Attempt): Promise<UserRecord> {
    // A flood must not reach Postgres, which others need for their pulls.
    this.deps.passwords.refuseWhenFull();
    const user = await this.deps.users.findByLogin(attempt.login);
    const identified = { ...attempt, user };
    const isKnown = await this.deps.networks.isKnown(user?.id, attempt.address);
    const budget = { isKnown, limits: limitsOf(identified, isKnown) };
    // Before the queue as well: a flood that is refused anyhow must not make others wait.
    await this.#refuseExhausted(budget);
    return this.deps.passwords.inTurn(async (verify) => {
      await this.#refuseExhausted(budget);
      const isMatch = await verify(user?.passwordHash, attempt.password);
      if (!user || !isMatch || user.isDisabled) throw await this.#failed(identified, budget, isMatch);
      await this.#succeeded(identified);
      return user;
    });
  }

  async #refuseExhausted({ limits }: Budget): Promise<void> {
    const standings = await this.deps.limiter.read(limits);
    const exhausted = standings.filter(({ count, limit }) => count >= limit.max);
    if (exhausted.length > 0) throw tooMany(exhausted);
  }

  async #failed(
    attempt: IdentifiedAttempt,
    { isKnown, limits }: Budget,
    isMatch: boolean,
  ): Promise<WrongPasswordError | TooManyAttemptsError> {
    const standings = await this.deps.limiter.count(limits);
    await this.deps.failures.record(attempt, reasonOf(attempt, isMatch));
    const isPatient = !isKnown || standings.every(({ count }) => count <= PATIENCE.attempts);
    return isPatient ? new WrongPasswordError() : new TooManyAttemptsError(PATIENCE.retryAfterSeconds);
  }

  async #succeeded(attempt: IdentifiedAttempt): Promise<void> {
    const { user, address } = attempt;
    if (!user) return;
    await Promise.all([this.deps.limiter.forget(forgivenLimits(attempt)), this.deps.networks.note(user.id, address)]);
  }
}

function tooMany(exhausted: readonly RateStanding[]): TooManyAttemptsError {
  return new TooManyAttemptsError(Math.max(...exhausted.map(({ endsInSeconds }) => endsInSeconds)));
}

function reasonOf({ user }: IdentifiedAttempt, isMatch: boolean): 'unknown user' | 'disabled' | 'password' {
  if (!user) return 'unknown user';
  return isMatch && user.isDisabled ? 'disabled' : 'password';
}
