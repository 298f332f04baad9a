import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';

export interface ScheduledJobRecord {
  readonly name: string;
  readonly everySeconds: number;
  readonly changesContent: boolean;
  readonly pausedAt: Date | null;
  readonly startedAt: Date | null;
  /** Null while a turn is at work, and before the first one. */
  readonly finishedAt: Date | null;
  readonly outcome: 'succeeded' | 'failed' | 'skipped' | null;
  readonly result: Record<string, number>;
  readonly error: string | null;
  readonly failures: number;
  readonly nextAt: Date | null;
  /** The whole registry is. */
  readonly isReadOnly: boolean;
}

const SELECT = `
  SELECT name, every_seconds AS "everySeconds", changes_content AS "changesContent", paused_at AS "pausedAt",
    started_at AS "startedAt", finished_at AS "finishedAt", outcome, result, error, failures, next_at AS "nextAt",
    EXISTS (SELECT 1 FROM read_only_mode m WHERE m.namespace_id IS NULL) AS "isReadOnly"
  FROM scheduled_job`;

/** Jobs that run again and again, as administrators see them. */
export class ScheduledJobs {
  constructor(private readonly database: Database) {}

  async list(): Promise<ScheduledJobRecord[]> {
    return this.database.prepared<ScheduledJobRecord>('scheduled_job_list', `${SELECT} ORDER BY name`, []);
  }

  async find(name: string): Promise<ScheduledJobRecord | undefined> {
    const [job] = await this.database.prepared<ScheduledJobRecord>('scheduled_job_find', `${SELECT} WHERE name = $1`, [
      name,
    ]);
    return job;
  }

  /** Paused: its turns are passed over, until it is not. False: no such job. */
  async setPaused(name: string, isPaused: boolean, actor: Actor): Promise<boolean> {
    return this.database.statements(async (tx) => {
      const [was] = await tx.$queryRaw<{ isPaused: boolean }[]>`
        SELECT paused_at IS NOT NULL AS "isPaused" FROM scheduled_job WHERE name = ${name} FOR UPDATE`;
      if (!was) return false;
      if (was.isPaused === isPaused) return true;
      await tx.$executeRaw`
        UPDATE scheduled_job SET paused_at = CASE WHEN ${isPaused} THEN now() END WHERE name = ${name}`;
      const detail = { before: { paused: was.isPaused }, after: { paused: isPaused } };
      const action = isPaused ? 'scheduled-job.pause' : 'scheduled-job.resume';
      await recordAudit(tx, { actor, action, namespaceId: null, target: name, detail });
      return true;
    });
  }

  /** Makes the next turn due by `makeDue`, which knows the queue, in the transaction of the audit row. False: no such job. */
  async runNow(name: string, actor: Actor, makeDue: (tx: Db) => Promise<void>): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const known = await tx.$executeRaw`UPDATE scheduled_job SET next_at = now() WHERE name = ${name}`;
      if (known === 0) return false;
      await makeDue(tx);
      await recordAudit(tx, { actor, action: 'scheduled-job.run', namespaceId: null, target: name });
      return true;
    });
  }
}
