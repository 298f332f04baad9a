import { generateSecret, generateURI, verifySync } from 'otplib';

const PERIOD_SECONDS = 30;
const CODE = /^\d{6}$/;
/** What `generateTotpKey` makes: 160 bits, as RFC 4226, section 4 recommends. */
const KEY = /^[A-Z2-7]{32}$/;

/** A new key in Base32, as people type it into an authenticator app. */
export function generateTotpKey(): string {
  return generateSecret({ length: 20 });
}

export function isTotpKey(text: string): boolean {
  return KEY.test(text);
}

/** What a QR code says to an authenticator app. */
export function totpUri(input: { readonly issuer: string; readonly account: string; readonly key: string }): string {
  return generateURI({ issuer: input.issuer, label: input.account, secret: input.key });
}

export interface TotpTime {
  /** Seconds since 1970. */
  readonly at: number;
  /** The step that was used last; it and all before it are used up. */
  readonly after?: number | undefined;
}

/**
 * The time step of the code (RFC 6238, section 4.2), to be remembered as `after`; undefined when the code is wrong, used up,
 * or more than one step away.
 */
export function matchTotp(key: string, code: string, { at, after }: TotpTime): number | undefined {
  if (!CODE.test(code) || !isTotpKey(key)) return undefined;
  const now = Math.floor(at / PERIOD_SECONDS);
  for (const step of [now, now - 1, now + 1]) {
    if (after !== undefined && step <= after) continue;
    if (verifySync({ secret: key, token: code, epoch: step * PERIOD_SECONDS }).valid) return step;
  }
  return undefined;
}
