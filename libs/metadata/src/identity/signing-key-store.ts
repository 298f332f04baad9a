import type { Database } from '../database.js';

export interface PublicKeyRecord {
  readonly kid: string;
  readonly publicJwk: Record<string, unknown>;
}

export interface SigningKeyRecord extends PublicKeyRecord {
  readonly privateJwk: Record<string, unknown>;
}

/** `next`: published, signs later. `signing`: signs now. `verifying`: what it has signed may still be in use. */
export type SigningKeyState = 'next' | 'signing' | 'verifying';

export interface SigningKeyStatus {
  readonly kid: string;
  readonly state: SigningKeyState;
  readonly createdAt: Date;
  readonly signsFrom: Date;
  /** Null while no successor has a time to begin. */
  readonly verifiesUntil: Date | null;
}

const IS_LIVE = `retired_at IS NULL AND (verifies_until IS NULL OR verifies_until > now())`;
const CURRENT = `SELECT kid FROM signing_key WHERE ${IS_LIVE} AND signs_from <= now() ORDER BY signs_from DESC LIMIT 1`;

export class SigningKeyStore {
  constructor(private readonly database: Database) {}

  /** Public halves only: all that a verifier ever reads. The next key is among them before it signs. */
  async listPublic(): Promise<PublicKeyRecord[]> {
    return this.database.prepared<PublicKeyRecord>(
      'signing_key_list_public',
      `SELECT kid, public_jwk AS "publicJwk" FROM signing_key WHERE ${IS_LIVE} ORDER BY signs_from`,
      [],
    );
  }

  /** The key to sign with now. */
  async current(): Promise<SigningKeyRecord> {
    const [row] = await this.database.prepared<SigningKeyRecord>(
      'signing_key_current',
      `SELECT kid, public_jwk AS "publicJwk", private_jwk AS "privateJwk" FROM signing_key WHERE kid = (${CURRENT})`,
      [],
    );
    if (!row) throw new Error('there is no key to sign with: rotation makes the first one when a token service starts');
    return row;
  }

  /** The newest first. */
  async list(): Promise<SigningKeyStatus[]> {
    return this.database.prepared<SigningKeyStatus>(
      'signing_key_list',
      `SELECT kid, created_at AS "createdAt", signs_from AS "signsFrom", verifies_until AS "verifiesUntil",
              CASE WHEN signs_from > now() THEN 'next' WHEN kid = (${CURRENT}) THEN 'signing' ELSE 'verifying' END AS state
       FROM signing_key WHERE ${IS_LIVE} ORDER BY signs_from DESC`,
      [],
    );
  }
}
