/** What is written down about a read-only mode, as far as callers are told. */
export interface ReadOnlyNotice {
  /** The namespace that it is about; null: the whole registry. */
  readonly namespace: string | null;
  readonly message: string;
}

/** Nobody knows when an administrator will be ready; clients that ask again by themselves should not do so every second. */
const RETRY_AFTER_SECONDS = 120;

/** Content may not be changed now. Reading it, signing in and looking after people go on. */
export class ReadOnlyError extends Error {
  override name = 'ReadOnlyError';
  readonly retryAfterSeconds = RETRY_AFTER_SECONDS;

  constructor({ namespace, message }: ReadOnlyNotice) {
    const what = namespace === null ? 'This registry' : `The namespace ${namespace}`;
    super(`${what} is read-only for now: ${withStop(message)} Pulls go on; what changes content has to wait.`);
  }
}

function withStop(message: string): string {
  return /[.!?…]$/.test(message) ? message : `${message}.`;
}
