import { randomBytes } from 'node:crypto';

/** A name that no other test of this run has. */
export function randomName(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString('hex')}`;
}
