import { type Actor, SYSTEM_ACTOR } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { SigningKeyRecord } from './signing-key-store.js';

export interface RotationOptions {
  readonly periodSeconds: number;
  readonly leadSeconds: number;
  readonly graceSeconds: number;
  readonly generate: () => Promise<SigningKeyRecord>;
}

interface LiveKey {
  readonly kid: string;
  readonly hasBegun: boolean;
}

/** Any number, the same in every process: rotations of several replicas take turns. */
const ROTATION_LOCK = 7_205_759_403_793;
/** Removed keys stay this long, for whoever looks into what happened. */
const REMEMBERED_DAYS = 30;

/**
 * The life of signing keys: published, signing, verifying, over. There is always a next one that verifiers know already,
 * so that a key can go at any moment. Every step is one transaction with its audit row.
 */
export class SigningKeyRotation {
  constructor(
    private readonly database: Database,
    private readonly options: RotationOptions,
  ) {}

  /** Makes what is missing: the first key, and the next one. Idempotent; forgets keys that are over. */
  async ensure(): Promise<void> {
    const spares = await this.#spares();
    await this.#inTurn(async (tx) => {
      await this.#fillUp(tx, spares);
      await tx.$executeRaw`
        DELETE FROM signing_key WHERE verifies_until < clock_timestamp()
          OR retired_at < clock_timestamp() - make_interval(days => ${REMEMBERED_DAYS}::int)`;
    });
  }

  /** Lets the next key sign as soon as verifiers everywhere know it, and publishes one after it. Returns its id. */
  async rotate(actor: Actor): Promise<string> {
    const spares = await this.#spares();
    return this.#inTurn(async (tx) => {
      await this.#fillUp(tx, spares);
      const [promoted] = await tx.$queryRaw<{ kid: string }[]>`
        UPDATE signing_key SET signs_from = greatest(clock_timestamp(), created_at + make_interval(secs => ${this.options.leadSeconds}))
        WHERE retired_at IS NULL AND signs_from > clock_timestamp() RETURNING kid`;
      if (!promoted) throw new Error('there is no next key');
      await this.#fillUp(tx, spares);
      await recordAudit(tx, { actor, action: 'signing-key.rotate', namespaceId: null, target: promoted.kid });
      return promoted.kid;
    });
  }

  /** For a key that has leaked: what it has signed is nothing from now on. False when it is not live. */
  async remove(kid: string, actor: Actor): Promise<boolean> {
    const spares = await this.#spares();
    return this.#inTurn(async (tx) => {
      const keys = await liveKeys(tx);
      const removed = keys.find((key) => key.kid === kid);
      if (!removed) return false;
      await tx.$executeRaw`UPDATE signing_key SET retired_at = clock_timestamp() WHERE kid = ${kid}`;
      // Older keys must not sign again: the next one does, from now on.
      if (keys.findLast(({ hasBegun }) => hasBegun)?.kid === kid) {
        await tx.$executeRaw`UPDATE signing_key SET signs_from = clock_timestamp() WHERE retired_at IS NULL AND signs_from > clock_timestamp()`;
      }
      await this.#fillUp(tx, spares);
      await recordAudit(tx, { actor, action: 'signing-key.remove', namespaceId: null, target: kid });
      return true;
    });
  }

  async #spares(): Promise<SigningKeyRecord[]> {
    return Promise.all([this.options.generate(), this.options.generate()]);
  }

  async #inTurn<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      // Statements read the clock themselves: `now()` is from before the wait for this lock.
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(${ROTATION_LOCK})::text`;
      return work(tx);
    });
  }

  /** A key that signs now and one that will, made of `spares` where they are missing. */
  async #fillUp(tx: Db, spares: SigningKeyRecord[]): Promise<void> {
    const keys = await liveKeys(tx);
    if (!keys.some(({ hasBegun }) => hasBegun)) await publish(tx, spares.pop(), 0);
    if (!keys.some(({ hasBegun }) => !hasBegun)) {
      const [age] = await tx.$queryRaw<{ seconds: number }[]>`
        SELECT extract(epoch FROM clock_timestamp() - max(signs_from))::float8 AS seconds FROM signing_key WHERE retired_at IS NULL`;
      const remaining = this.options.periodSeconds - (age?.seconds ?? 0);
      await publish(tx, spares.pop(), Math.max(this.options.leadSeconds, remaining));
    }
    await this.#limitPredecessors(tx);
  }

  /** Each key verifies until the grace after its successor's beginning is over. */
  async #limitPredecessors(tx: Db): Promise<void> {
    await tx.$executeRaw`
      UPDATE signing_key k SET verifies_until = s.successor + make_interval(secs => ${this.options.graceSeconds})
      FROM (SELECT kid, lead(signs_from) OVER (ORDER BY signs_from) AS successor FROM signing_key
            WHERE retired_at IS NULL) s
      WHERE k.kid = s.kid`;
  }
}

async function liveKeys(tx: Db): Promise<LiveKey[]> {
  return tx.$queryRaw<LiveKey[]>`
    SELECT kid, signs_from <= clock_timestamp() AS "hasBegun" FROM signing_key
    WHERE retired_at IS NULL AND (verifies_until IS NULL OR verifies_until > clock_timestamp()) ORDER BY signs_from`;
}

async function publish(tx: Db, key: SigningKeyRecord | undefined, signsInSeconds: number): Promise<void> {
  if (!key) throw new Error('no spare key');
  await tx.$executeRaw`
    INSERT INTO signing_key (kid, public_jwk, private_jwk, signs_from)
    VALUES (${key.kid}, ${key.publicJwk as Prisma.InputJsonObject}::jsonb, ${key.privateJwk as Prisma.InputJsonObject}::jsonb,
            clock_timestamp() + make_interval(secs => ${signsInSeconds}))`;
  await recordAudit(tx, { actor: SYSTEM_ACTOR, action: 'signing-key.publish', namespaceId: null, target: key.kid });
}
