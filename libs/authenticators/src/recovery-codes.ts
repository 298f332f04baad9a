import { createHash, randomBytes } from 'node:crypto';

const COUNT = 10;
/** Crockford's Base32: no letter looks like a digit or like another letter. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** 80 bits. */
const LENGTH = 16;
const GROUP = 4;
const CODE = /^[0-9a-hjkmnp-tv-z]{16}$/;

/** Ten codes such as `7k2m-9qpx-04tb-vz8h`. Show them once and store their hashes. */
export function generateRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () =>
    Array.from(
      randomBytes(LENGTH),
      (byte, at) => (at > 0 && at % GROUP === 0 ? '-' : '') + ALPHABET.charAt(byte % 32),
    ).join(''),
  );
}

/** The code as `generateRecoveryCodes` writes it, however it was typed; undefined for anything else. */
export function parseRecoveryCode(text: string): string | undefined {
  const letters = text.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');
  return CODE.test(letters) ? letters.match(/.{4}/g)?.join('-') : undefined;
}

/** The SHA-256 under which a code is stored and found; it has too many bits to need a slow hash. */
export function hashRecoveryCode(code: string): Buffer<ArrayBuffer> {
  return createHash('sha256').update(code, 'utf8').digest();
}
