import { generateSync } from 'otplib';

/** What an authenticator app with the key shows `steps` periods from now. */
export function totpCode(key: string, steps = 0): string {
  return generateSync({ secret: key, epoch: Date.now() / 1000 + steps * 30 });
}
export * from './soft-authenticator.js';
