import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The bytes were sealed with another key, for another purpose, or were changed. */
export class SealBrokenError extends Error {
  override name = 'SealBrokenError';

  constructor(options?: ErrorOptions) {
    super('what was sealed can not be opened', options);
  }
}

/**
 * Keeps a secret that has to be read once more, such as the one of a link that was not delivered yet: AES-256-GCM, bound
 * to the purpose it is kept for. A secret that is only compared is hashed instead.
 */
export class SecretSeal {
  readonly #key: Buffer;

  /** `key` is 32 bytes in base64url. Throws RangeError for anything else. */
  constructor(key: string) {
    this.#key = Buffer.from(key, 'base64url');
    if (this.#key.length !== KEY_BYTES) throw new RangeError(`a key for sealing has ${KEY_BYTES} bytes`);
  }

  static generateKey(): string {
    return randomBytes(KEY_BYTES).toString('base64url');
  }

  /** Nonce, tag and ciphertext. The same secret never looks the same twice. */
  seal(secret: string, purpose: string): Uint8Array<ArrayBuffer> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(purpose, 'utf8'));
    const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), text]));
  }

  /** Throws SealBrokenError. */
  open(sealed: Uint8Array, purpose: string): string {
    const [nonce, tag, text] = [
      sealed.subarray(0, NONCE_BYTES),
      sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES),
      sealed.subarray(NONCE_BYTES + TAG_BYTES),
    ];
    try {
      const decipher = createDecipheriv(ALGORITHM, this.#key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(purpose, 'utf8'));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new SealBrokenError({ cause });
    }
  }
}
