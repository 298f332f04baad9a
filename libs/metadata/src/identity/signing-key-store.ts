import type { Database } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';

export interface PublicKeyRecord {
  readonly kid: string;
  readonly publicJwk: Record<string, unknown>;
}

export interface SigningKeyRecord extends PublicKeyRecord {
  readonly privateJwk: Record<string, unknown>;
}

/** Any number, the same in every process: makes the first start of several replicas agree on one key. */
const FIRST_KEY_LOCK = 7_205_759_403_793;

export class SigningKeyStore {
  constructor(private readonly database: Database) {}

  /** Public halves only: all that a verifier ever reads. */
  async listPublic(): Promise<PublicKeyRecord[]> {
    return this.database.prepared<PublicKeyRecord>(
      'signing_key_list_public',
      'SELECT kid, public_jwk AS "publicJwk" FROM signing_key WHERE retired_at IS NULL ORDER BY created_at',
      [],
    );
  }

  /** The newest key; `generate` makes the first one. */
  async currentOrCreate(generate: () => Promise<SigningKeyRecord>): Promise<SigningKeyRecord> {
    const current = await this.#current();
    if (current) return current;
    const made = await generate();
    await this.database.transaction(async (tx) => {
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(${FIRST_KEY_LOCK})::text`;
      if ((await tx.signingKey.count({ where: { retiredAt: null } })) > 0) return;
      await tx.signingKey.create({
        data: {
          kid: made.kid,
          publicJwk: made.publicJwk as Prisma.InputJsonObject,
          privateJwk: made.privateJwk as Prisma.InputJsonObject,
        },
      });
    });
    return (await this.#current()) as SigningKeyRecord;
  }

  async #current(): Promise<SigningKeyRecord | undefined> {
    const [row] = await this.database.prepared<SigningKeyRecord>(
      'signing_key_current',
      `SELECT kid, public_jwk AS "publicJwk", private_jwk AS "privateJwk" FROM signing_key
       WHERE retired_at IS NULL ORDER BY created_at DESC LIMIT 1`,
      [],
    );
    return row;
  }
}
