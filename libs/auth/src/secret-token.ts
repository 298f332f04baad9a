import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The three letters in a secret's prefix, by which people and secret scanners know what it is. */
const LABELS = { access: 'pat', robot: 'bot', refresh: 'ref', code: 'otc', job: 'job' } as const;

/**
 * `access`: personal access tokens; `robot`: secrets of robots; `refresh`: refresh tokens of `/token`; `code`: one-time
 * codes in links; `job`: sessions of CI jobs.
 */
export type SecretTokenKind = keyof typeof LABELS;

export interface SecretToken {
  readonly kind: SecretTokenKind;
  readonly text: string;
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 190 bits. */
const RANDOM_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const HINT_LENGTH = 12;
const TOKEN = /^(stw_(pat|bot|ref|otc|job)_[0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

/** A new secret: `stw_pat_`, 32 random characters and a checksum of all before it. Show it once and store its hash. */
export function generateSecretToken(kind: SecretTokenKind): SecretToken {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length)));
  const body = `stw_${LABELS[kind]}_${random.join('')}`;
  return { kind, text: body + checksum(body) };
}

/** Undefined for anything that `generateSecretToken` can't have made, so that no store is asked about it. */
export function parseSecretToken(text: string): SecretToken | undefined {
  const [, body, label, sum] = TOKEN.exec(text) ?? [];
  if (body === undefined || sum !== checksum(body)) return undefined;
  const kind = KINDS.find((candidate) => LABELS[candidate] === label);
  return kind && { kind, text };
}

/** The SHA-256 under which the secret is stored and found; it has too many bits to need a slow hash or a salt. */
export function hashSecretToken(text: string): Buffer<ArrayBuffer> {
  return createHash('sha256').update(text, 'utf8').digest();
}

/** The first characters, to recognise a secret by; at least 160 bits of it stay unknown. */
export function hintOf(text: string): string {
  return text.slice(0, HINT_LENGTH);
}

const KINDS = Object.keys(LABELS) as SecretTokenKind[];

/** CRC-32 in base 62: it finds typing errors and random look-alikes, and proves nothing. */
function checksum(body: string): string {
  let rest = crc32(body);
  let digits = '';
  for (let at = 0; at < CHECKSUM_LENGTH; at += 1) {
    digits = ALPHABET.charAt(rest % ALPHABET.length) + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}
