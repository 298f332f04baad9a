import type { Database } from '../database.js';
import { DIGEST_OF_EVENT, ROOT_OF_SEAL, SETTLED_ID, SETTLING_SECONDS } from './audit-chain-sql.js';

/** The newest seal. Whoever keeps it elsewhere can prove later that nothing before it has changed. */
export interface AuditChainHead {
  readonly sequence: number;
  /** SHA-256, hexadecimal. */
  readonly root: string;
  readonly sealedAt: Date;
}

export interface AuditChainState {
  readonly head: AuditChainHead | null;
  readonly sealedEvents: number;
  /** Written since; the next seal takes them. */
  readonly openEvents: number;
}

/** The first place where the log is not what was sealed. */
export interface AuditChainBreak {
  /** Null for an event that was never sealed. */
  readonly sequence: number | null;
  /** Null when it is the seal itself. */
  readonly eventId: string | null;
  readonly what: 'event changed' | 'event missing' | 'event added' | 'seal changed' | 'seal missing';
}

export interface AuditVerification extends AuditChainState {
  /** Rows that were changed on purpose, and said so. */
  readonly redactedEvents: number;
  readonly firstBreak: AuditChainBreak | null;
}

const SEALS_AT_A_TIME = 200;

const STATE = `
  SELECT (SELECT coalesce(sum(events), 0)::float8 FROM audit_seal) AS "sealedEvents",
         (SELECT count(*)::float8 FROM audit_event e WHERE e.id > ${SETTLED_ID}
            AND NOT EXISTS (SELECT 1 FROM audit_seal_entry t WHERE t.event_id = e.id)) AS "openEvents",
         (SELECT count(DISTINCT event_id)::float8 FROM audit_redaction) AS "redactedEvents"`;

const HEAD = `
  SELECT id::float8 AS sequence, encode(root, 'hex') AS root, sealed_at AS "sealedAt"
  FROM audit_seal ORDER BY id DESC LIMIT 1`;

/** Seals whose root is not made of what they hold, or that don't follow the one before. */
const BROKEN_SEAL = `
  SELECT s.id::float8 AS sequence, s.root = ${ROOT_OF_SEAL} AS "isItself", s.id - 1 = coalesce(p.id, 0) AS "isNext",
         s.previous = coalesce(p.root, decode(repeat('00', 32), 'hex')) AS "isLinked"
  FROM audit_seal s LEFT JOIN LATERAL (SELECT id, root FROM audit_seal WHERE id < s.id ORDER BY id DESC LIMIT 1) p ON true
  WHERE s.id > $1 AND s.id <= $2 ORDER BY s.id`;

const BROKEN_EVENT = `
  SELECT t.seal_id::float8 AS sequence, t.event_id::text AS "eventId", e.id IS NULL AS "isMissing"
  FROM audit_seal_entry t
  LEFT JOIN audit_event e ON e.id = t.event_id
  LEFT JOIN LATERAL (SELECT r.id, r.digest, r.seal_id FROM audit_redaction r WHERE r.event_id = t.event_id
                     ORDER BY r.id DESC LIMIT 1) r ON true
  WHERE t.seal_id > $1 AND t.seal_id <= $2
    AND (e.id IS NULL OR (${DIGEST_OF_EVENT} <> coalesce(r.digest, t.digest) AND (r.id IS NULL OR r.seal_id IS NOT NULL)))
  ORDER BY t.seal_id, t.event_id LIMIT 1`;

const ADDED_EVENT = `
  SELECT min(e.id)::text AS "eventId" FROM audit_event e
  WHERE e.id <= ${SETTLED_ID} AND NOT EXISTS (SELECT 1 FROM audit_seal_entry t WHERE t.event_id = e.id)`;

interface SealCheck {
  readonly sequence: number;
  readonly isItself: boolean;
  readonly isNext: boolean;
  readonly isLinked: boolean;
}

/** Holds the log against its seals. */
export class AuditVerifier {
  constructor(
    private readonly database: Database,
    private readonly settlingSeconds = SETTLING_SECONDS,
  ) {}

  async state(): Promise<AuditChainState> {
    const { redactedEvents: _, ...state } = await this.#state();
    return state;
  }

  /** Reads the whole log. `known`: a head that was kept elsewhere, which has to be part of the chain. */
  async verify(known?: Pick<AuditChainHead, 'sequence' | 'root'>): Promise<AuditVerification> {
    const state = await this.#state();
    return { ...state, firstBreak: await this.#firstBreak(state.head?.sequence ?? 0, known) };
  }

  async #state(): Promise<Omit<AuditVerification, 'firstBreak'>> {
    const [head] = await this.database.prepared<AuditChainHead & { sealedAt: Date }>('audit_chain_head', HEAD, []);
    const [counts] = await this.database.prepared<Omit<AuditVerification, 'firstBreak' | 'head'>>(
      'audit_chain_state',
      STATE,
      [this.settlingSeconds],
    );
    if (!counts) throw new Error('an aggregate has one row');
    return { head: head ?? null, ...counts };
  }

  async #firstBreak(
    last: number,
    known: Pick<AuditChainHead, 'sequence' | 'root'> | undefined,
  ): Promise<AuditChainBreak | null> {
    for (let after = 0; after < last; after += SEALS_AT_A_TIME) {
      const broken = await this.#breakAmong(after, after + SEALS_AT_A_TIME, last);
      if (broken) return broken;
    }
    if (known && !(await this.#holds(known))) return { sequence: known.sequence, eventId: null, what: 'seal changed' };
    const [added] = await this.database.prepared<{ eventId: string | null }>('audit_chain_added', ADDED_EVENT, [
      this.settlingSeconds,
    ]);
    return added?.eventId ? { sequence: null, eventId: added.eventId, what: 'event added' } : null;
  }

  /** Events are looked at first: they say more exactly what was changed. */
  async #breakAmong(after: number, upTo: number, last: number): Promise<AuditChainBreak | null> {
    const [event] = await this.database.prepared<{ sequence: number; eventId: string; isMissing: boolean }>(
      'audit_chain_events',
      BROKEN_EVENT,
      [after, upTo],
    );
    const seals = await this.database.prepared<SealCheck>('audit_chain_seals', BROKEN_SEAL, [after, upTo]);
    const seal = seals.find(({ isItself, isNext, isLinked }) => !(isItself && isNext && isLinked));
    if (event && (!seal || event.sequence <= seal.sequence)) {
      const { sequence, eventId, isMissing } = event;
      return { sequence, eventId, what: isMissing ? 'event missing' : 'event changed' };
    }
    if (seal) return sealBreak(seal);
    const isWhole = seals.length === Math.min(upTo, last) - after;
    return isWhole ? null : { sequence: after + 1, eventId: null, what: 'seal missing' };
  }

  async #holds({ sequence, root }: Pick<AuditChainHead, 'sequence' | 'root'>): Promise<boolean> {
    const rows = await this.database.prepared(
      'audit_chain_holds',
      `SELECT 1 FROM audit_seal WHERE id = $1 AND root = decode($2, 'hex')`,
      [sequence, root],
    );
    return rows.length === 1;
  }
}

/** A seal that is sound in itself and does not follow: the one before it is gone, or is another one now. */
function sealBreak({ sequence, isItself, isNext }: SealCheck): AuditChainBreak {
  if (!isNext) return { sequence: sequence - 1, eventId: null, what: 'seal missing' };
  return { sequence: isItself ? sequence - 1 : sequence, eventId: null, what: 'seal changed' };
}
