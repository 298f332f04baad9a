import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseConflictError, DatabaseUnavailableError } from './database-errors.js';

const ATTEMPTS = 4;
const MAX_JITTER_MS = 40;

/** Runs the work again after a deadlock or serialisation failure, with a short random pause; gives up as "unavailable". */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DatabaseConflictError)) throw error;
      if (attempt === ATTEMPTS) throw new DatabaseUnavailableError('too many conflicting changes', { cause: error });
      await delay(Math.random() * MAX_JITTER_MS * attempt);
    }
  }
}
