import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const LIFETIME_SECONDS = 5 * 60;
const RANDOM_BYTES = 16;
const EXPIRY_BYTES = 6;
const MAC_BYTES = 32;
const BODY_BYTES = RANDOM_BYTES + EXPIRY_BYTES;

/**
 * Challenges of WebAuthn that need no memory until they are answered: random bytes, the time when they end, and a MAC over
 * both and what they are for. That one is answered once only is for the keeper of `spentUntil` to see to.
 */
export class Challenges {
  readonly #key: Buffer;

  /** The secret is what all replicas share. */
  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'webauthn challenge', MAC_BYTES));
  }

  /** For five minutes from `now` (seconds since 1970), and for nothing but the purpose. */
  issue(purpose: string, now: number): Uint8Array<ArrayBuffer> {
    const body = Buffer.alloc(BODY_BYTES);
    randomBytes(RANDOM_BYTES).copy(body);
    body.writeUIntBE(Math.ceil(now) + LIFETIME_SECONDS, RANDOM_BYTES, EXPIRY_BYTES);
    return new Uint8Array(Buffer.concat([body, this.#mac(body, purpose)]));
  }

  /** Until when the challenge (base64url) counts for the purpose; undefined when it is over or none of ours. */
  spentUntil(challenge: string, purpose: string, now: number): Date | undefined {
    const bytes = Buffer.from(challenge, 'base64url');
    if (bytes.length !== BODY_BYTES + MAC_BYTES || bytes.toString('base64url') !== challenge) return undefined;
    const body = bytes.subarray(0, BODY_BYTES);
    if (!timingSafeEqual(bytes.subarray(BODY_BYTES), this.#mac(body, purpose))) return undefined;
    const until = body.readUIntBE(RANDOM_BYTES, EXPIRY_BYTES);
    return until > now ? new Date(until * 1000) : undefined;
  }

  #mac(body: Buffer, purpose: string): Buffer {
    return createHmac('sha256', this.#key).update(body).update(purpose, 'utf8').digest();
  }
}
