import type { Database, Db } from '../database.js';
import type { Statements } from '../statements.js';
import { DIGEST_OF_EVENT, ROOT_OF_SEAL, SETTLED_ID, SETTLING_SECONDS } from './audit-chain-sql.js';

const BATCH = 10_000;
/** One sealer at a time, in every replica. */
const LOCK = 7_318_004;
const BEGINNING = `decode(repeat('00', 32), 'hex')`;

/** `$1`: settling seconds, `$2`: the last id of the batch before, `$3`: how many. */
const SEAL_EVENTS = `
  INSERT INTO audit_seal_entry (seal_id, event_id, digest)
  SELECT (SELECT coalesce(max(id), 0) + 1 FROM audit_seal), e.id, ${DIGEST_OF_EVENT}
  FROM audit_event e
  WHERE e.id > greatest(${SETTLED_ID}, $2::bigint)
    AND NOT EXISTS (SELECT 1 FROM audit_seal_entry known WHERE known.event_id = e.id)
  ORDER BY e.id LIMIT $3`;

const SEAL_REDACTIONS = `
  UPDATE audit_redaction r
  SET seal_id = (SELECT coalesce(max(id), 0) + 1 FROM audit_seal), digest = ${DIGEST_OF_EVENT}
  FROM audit_event e WHERE e.id = r.event_id AND r.seal_id IS NULL`;

const CLOSE = `
  WITH before AS (SELECT id, root, last_event_id FROM audit_seal ORDER BY id DESC LIMIT 1),
    s AS (SELECT coalesce((SELECT id FROM before), 0) + 1 AS id, now() AS sealed_at,
                 coalesce((SELECT root FROM before), ${BEGINNING}) AS previous)
  INSERT INTO audit_seal (id, previous, sealed_at, root, events, last_event_id)
  SELECT s.id, s.previous, s.sealed_at, ${ROOT_OF_SEAL},
         (SELECT count(*) FROM audit_seal_entry t WHERE t.seal_id = s.id),
         greatest((SELECT last_event_id FROM before), (SELECT max(event_id) FROM audit_seal_entry t WHERE t.seal_id = s.id), 0)
  FROM s
  RETURNING last_event_id AS "lastEventId"`;

/**
 * Seals audit rows into a chain of hashes, behind the writers: a change waits for nobody. Each seal holds the digests of
 * the rows that were committed since the one before, whose root it holds as well (adr/0003).
 */
export class AuditSeals {
  constructor(
    private readonly database: Database,
    private readonly settlingSeconds = SETTLING_SECONDS,
  ) {}

  /** Seals what there is. Returns how many events that were. */
  async seal(signal?: AbortSignal): Promise<number> {
    let total = 0;
    let after = 0n;
    for (;;) {
      const { events, lastEventId } = await this.database.transaction((tx) => this.#sealBatch(tx, after));
      total += events;
      after = lastEventId;
      if (events < BATCH || signal?.aborted) return total;
    }
  }

  async #sealBatch(tx: Db, after: bigint): Promise<{ events: number; lastEventId: bigint }> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK})`;
    const events = await tx.$executeRawUnsafe(SEAL_EVENTS, this.settlingSeconds, after, BATCH);
    const redactions = await tx.$executeRawUnsafe(SEAL_REDACTIONS);
    if (events + redactions === 0) return { events, lastEventId: after };
    const [closed] = await tx.$queryRawUnsafe<{ lastEventId: bigint }[]>(CLOSE);
    return { events, lastEventId: closed?.lastEventId ?? after };
  }
}

/**
 * Says that rows of the log have been changed on purpose, in the transaction that does so and that records why: a name
 * that has to be forgotten. Their next digests are sealed like new events; the first ones stay.
 */
export async function markRedacted(tx: Statements, eventIds: readonly bigint[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO audit_redaction (event_id) SELECT unnest(${eventIds.map(String)}::text[])::bigint`;
}
