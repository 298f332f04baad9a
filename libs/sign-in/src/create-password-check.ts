import type { PasswordHasher } from '@stowage/auth';
import { type Database, RateLimiter, RefusalLog, SignInNetworks, UserStore } from '@stowage/metadata';
import { FailureLog } from './failure-log.js';
import { PasswordCheck } from './password-check.js';

/** A check on this database. Processes may have one each: what is counted is in Postgres. */
export function createPasswordCheck(
  database: Database,
  passwords: PasswordHasher,
  failures = new FailureLog(new RefusalLog(database)),
): PasswordCheck {
  return new PasswordCheck({
    users: new UserStore(database),
    passwords,
    limiter: new RateLimiter(database),
    networks: new SignInNetworks(database),
    failures,
  });
}
