import { createHash } from 'node:crypto';
import { networkOf, type RateLimit } from '@stowage/metadata';
import type { IdentifiedAttempt } from './attempt.js';

const QUARTER_SECONDS = 900;
const HOUR_SECONDS = 3600;

/**
 * What wrong passwords are counted under: adr/0001. From a network where the account's owner has signed in before, only
 * that network's own budget counts, which is large: nobody elsewhere can use it up.
 */
export function limitsOf({ login, address, user }: IdentifiedAttempt, isKnownNetwork: boolean): RateLimit[] {
  const network = networkOf(address);
  if (isKnownNetwork && user) {
    return [{ key: `sign-in:known:${user.id}:${network}`, max: 300, windowSeconds: HOUR_SECONDS }];
  }
  const name = shortHash(login);
  return [
    { key: `sign-in:pair:${name}:${network}`, max: 10, windowSeconds: QUARTER_SECONDS },
    { key: `sign-in:name:${name}`, max: 100, windowSeconds: HOUR_SECONDS },
    { key: `sign-in:network:${network}`, max: 100, windowSeconds: QUARTER_SECONDS },
  ];
}

/** What a right password makes good: the person was only mistaken before. */
export function forgivenLimits(attempt: IdentifiedAttempt): RateLimit[] {
  return [false, true].flatMap((isKnown) => limitsOf(attempt, isKnown).slice(0, 1));
}

/**
 * The name as it was typed, known or not, in twenty bits. More would keep what people type into the wrong field, which is
 * sometimes a password; names that meet in the same bits share their budget, which costs nobody a sign-in. A user name
 * and the address of the same account are two names: if they shared a budget, that would tell that they belong together.
 */
function shortHash(login: string): string {
  return createHash('sha256').update(login.toLowerCase()).digest('hex').slice(0, 5);
}
