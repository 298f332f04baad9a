import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';

export interface CollectionPauseRecord {
  /** Null: the account is gone. */
  readonly pausedBy: string | null;
  readonly reason: string;
  readonly since: Date;
}

/** Whether anything is collected. Every claim asks for it, so that all replicas stop before their next batch. */
export class CollectionPauses {
  constructor(private readonly database: Database) {}

  /** Undefined: collectors are at work. */
  async find(): Promise<CollectionPauseRecord | undefined> {
    const [pause] = await this.database.prepared<CollectionPauseRecord>(
      'collection_pause_find',
      'SELECT paused_by AS "pausedBy", reason, since FROM collection_pause',
      [],
    );
    return pause;
  }

  /** Whoever pauses what is paused only gives it another reason. */
  async pause(reason: string, actor: Actor): Promise<void> {
    await this.database.statements(async (tx) => {
      const [was] = await tx.$queryRaw<{ reason: string }[]>`SELECT reason FROM collection_pause FOR UPDATE`;
      if (was?.reason === reason) return;
      await tx.$executeRaw`
        INSERT INTO collection_pause (paused_by, reason) VALUES (${actor.name}, ${reason})
        ON CONFLICT (id) DO UPDATE SET paused_by = EXCLUDED.paused_by, reason = EXCLUDED.reason`;
      const before = was ? { paused: true, reason: was.reason } : { paused: false };
      const detail = { before, after: { paused: true, reason } };
      await recordAudit(tx, { actor, action: 'collection.pause', namespaceId: null, target: TARGET, detail });
    });
  }

  async resume(actor: Actor): Promise<void> {
    await this.database.statements(async (tx) => {
      const [was] = await tx.$queryRaw<{ reason: string }[]>`DELETE FROM collection_pause RETURNING reason`;
      if (!was) return;
      const detail = { before: { paused: true, reason: was.reason }, after: { paused: false } };
      await recordAudit(tx, { actor, action: 'collection.resume', namespaceId: null, target: TARGET, detail });
    });
  }
}

const TARGET = 'garbage collection';
