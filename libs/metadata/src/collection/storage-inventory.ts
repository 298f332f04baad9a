import type { Digest } from '@stowage/oci';
import { SYSTEM_ACTOR } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import type { Statements } from '../statements.js';

/** One object of storage, as a row names it. */
export interface StoredBlob {
  readonly digest: Digest;
  readonly generation: string;
  readonly size: number;
}

export interface StorageFindingRecord extends StoredBlob {
  readonly kind: 'stray' | 'missing' | 'damaged';
  readonly firstSeen: Date;
}

type Loss = 'missing' | 'damaged';

/** Cross-tenant: what rows say that storage holds, and where the storage check found that it does not fit. */
export class StorageInventory {
  constructor(private readonly database: Database) {}

  /** Blobs after a digest, in the order of digests; those that are known to be lost as well. */
  async after(digest: string, limit: number): Promise<(StoredBlob & { readonly isLost: boolean })[]> {
    return this.database.prepared(
      'inventory_after',
      `SELECT digest, generation, size::float8 AS size, state = 'condemned' AS "isLost" FROM blob
       WHERE digest > $1 ORDER BY digest LIMIT $2`,
      [digest, limit],
    );
  }

  /** Some blobs whose digests come after a random one: each is as likely as the gap before it. */
  async sample(digest: string, limit: number): Promise<StoredBlob[]> {
    return this.database.prepared(
      'inventory_sample',
      `SELECT digest, generation, size::float8 AS size FROM blob WHERE digest >= $1 AND state = 'live'
       ORDER BY digest LIMIT $2`,
      [digest, limit],
    );
  }

  /** Remembers objects that no row names, neither a blob nor a removal. How many they are. */
  async noteStrays(objects: readonly StoredBlob[]): Promise<number> {
    if (objects.length === 0) return 0;
    const rows = await this.database.changed<{ digest: string }>(
      'inventory_note_strays',
      `INSERT INTO storage_finding AS f (digest, generation, kind, size)
       SELECT o.digest, o.generation, 'stray', o.size
       FROM unnest($1::text[], $2::text[], $3::bigint[]) AS o (digest, generation, size)
       WHERE NOT EXISTS (SELECT 1 FROM blob b WHERE b.digest = o.digest AND b.generation = o.generation)
         AND NOT EXISTS (SELECT 1 FROM object_removal r WHERE r.digest = o.digest AND r.generation = o.generation)
       ORDER BY o.digest COLLATE "C", o.generation COLLATE "C"
       ON CONFLICT (digest, generation) DO UPDATE SET last_seen = now() RETURNING digest`,
      columnsOf(objects),
    );
    return rows.length;
  }

  /**
   * Queues the removal of strays that were seen for the first time so long ago and again since `since`: the second look.
   * Their generations were never named, so that no push can mean them.
   */
  async removeStrays(secondLookSeconds: number, since: Date): Promise<number> {
    const rows = await this.database.changed<{ digest: string }>(
      'inventory_remove_strays',
      `WITH gone AS (
         DELETE FROM storage_finding f WHERE kind = 'stray' AND last_seen >= $2
           AND first_seen <= now() - make_interval(secs => $1::float8)
           AND NOT EXISTS (SELECT 1 FROM blob b WHERE b.digest = f.digest AND b.generation = f.generation)
         RETURNING digest, generation, size)
       INSERT INTO object_removal (digest, generation, size) SELECT * FROM gone ON CONFLICT DO NOTHING RETURNING digest`,
      [secondLookSeconds, since],
    );
    return rows.length;
  }

  /** From here on the blob is absent on every door, and a push of the digest brings it back. False: its row has changed. */
  async condemn(blob: StoredBlob, kind: Loss): Promise<boolean> {
    const { digest, generation, size } = blob;
    return this.database.statements(async (tx) => {
      const changed = await tx.$executeRaw`
        UPDATE blob SET state = 'condemned' WHERE digest = ${digest} AND generation = ${generation} AND state = 'live'`;
      if (changed === 0) return false;
      await tx.$executeRaw`
        INSERT INTO storage_finding AS f (digest, generation, kind, size)
        VALUES (${digest}, ${generation}, ${kind}::storage_finding_kind, ${size}::bigint)
        ON CONFLICT (digest, generation) DO UPDATE SET kind = EXCLUDED.kind, last_seen = now()`;
      await auditState(tx, digest, { action: 'blob.lose', before: 'live', after: kind });
      return true;
    });
  }

  /** The object of a blob that was missing is there again: nothing was lost after all. */
  async revive({ digest, generation }: StoredBlob): Promise<boolean> {
    return this.database.statements(async (tx) => {
      const forgotten = await tx.$executeRaw`
        DELETE FROM storage_finding WHERE digest = ${digest} AND generation = ${generation} AND kind = 'missing'`;
      if (forgotten === 0) return false;
      await tx.$executeRaw`
        UPDATE blob SET state = 'live' WHERE digest = ${digest} AND generation = ${generation} AND state = 'condemned'`;
      await auditState(tx, digest, { action: 'blob.find', before: 'missing', after: 'live' });
      return true;
    });
  }

  /** Findings that are over: a push has brought other bytes, the blob was collected, or a stray was not seen again. */
  async forgetSettled(since: Date): Promise<void> {
    await this.database.changed(
      'inventory_forget_settled',
      `DELETE FROM storage_finding f WHERE (kind = 'stray' AND last_seen < $1) OR (kind <> 'stray' AND NOT EXISTS (
         SELECT 1 FROM blob b WHERE b.digest = f.digest AND b.generation = f.generation AND b.state = 'condemned'))`,
      [since],
    );
  }

  /** What is lost first, then strays; the oldest of each first. */
  async findings(limit: number): Promise<StorageFindingRecord[]> {
    return this.database.prepared(
      'inventory_findings',
      `SELECT digest, generation, kind::text, size::float8 AS size, first_seen AS "firstSeen" FROM storage_finding
       ORDER BY kind = 'stray', first_seen, digest LIMIT $1`,
      [limit],
    );
  }

  async counts(): Promise<Readonly<Record<StorageFindingRecord['kind'], number>>> {
    const rows = await this.database.prepared<{ kind: StorageFindingRecord['kind']; count: number }>(
      'inventory_counts',
      'SELECT kind::text, count(*)::float8 AS count FROM storage_finding GROUP BY kind',
      [],
    );
    const of = (kind: StorageFindingRecord['kind']) => rows.find((row) => row.kind === kind)?.count ?? 0;
    return { stray: of('stray'), missing: of('missing'), damaged: of('damaged') };
  }

  /** The clock that `since` of the other methods is of. */
  async now(): Promise<Date> {
    const [row] = await this.database.prepared<{ now: Date }>('inventory_now', 'SELECT now()', []);
    return row?.now ?? new Date(0);
  }
}

function columnsOf(objects: readonly StoredBlob[]): [string[], string[], number[]] {
  return [
    objects.map(({ digest }) => digest),
    objects.map(({ generation }) => generation),
    objects.map(({ size }) => size),
  ];
}

interface StateChange {
  readonly action: 'blob.lose' | 'blob.find';
  readonly before: string;
  readonly after: string;
}

async function auditState(tx: Statements, target: Digest, { action, before, after }: StateChange): Promise<void> {
  const detail = { before: { state: before }, after: { state: after } };
  await recordAudit(tx, { actor: SYSTEM_ACTOR, action, namespaceId: null, target, detail });
}
