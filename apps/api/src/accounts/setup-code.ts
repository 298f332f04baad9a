import { createHash } from 'node:crypto';

/** The code has 190 random bits, so a plain hash keeps it. */
export function hashSetupCode(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
