import type { UserCredentials } from '@stowage/metadata';

/** Where passwords are typed in; audit rows name it. */
export type Door = 'token service' | 'dashboard' | 'account';

export interface Attempt {
  /** As it was typed. */
  readonly login: string;
  readonly password: string;
  /** Of the client. */
  readonly address: string;
  readonly door: Door;
}

/** An attempt, and whose account it is about; undefined when nobody has that name. */
export interface IdentifiedAttempt extends Attempt {
  readonly user: UserCredentials | undefined;
}
