import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import type { JobRunRequest } from './job-run-progress.js';

export const JOB_RUN_STATES = ['queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled'] as const;
export type JobRunState = (typeof JOB_RUN_STATES)[number];

export interface JobRunRecord {
  readonly id: string;
  readonly kind: string;
  /** Null: of the whole registry, or of a namespace that is gone. */
  readonly namespace: string | null;
  readonly target: string;
  /** Null: the registry itself, or somebody who is gone. */
  readonly requestedBy: string | null;
  readonly state: JobRunState;
  readonly asked: JobRunRequest | null;
  readonly done: number;
  readonly total: number | null;
  readonly counters: Record<string, number>;
  readonly error: string | null;
  readonly cause: string | null;
  readonly attempts: number;
  /** Of a run that is queued. */
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly dismissedAt: Date | null;
  /** Content of its namespace, or of the registry, may not be changed now. */
  readonly isReadOnly: boolean;
  /** Where the page after this one begins. */
  readonly position: string;
}

export interface JobRunLine {
  readonly at: Date;
  readonly isWarning: boolean;
  readonly message: string;
}

/** One namespace's runs; null: everybody's. */
export type JobRunScope = { readonly namespaceId: string } | null;

export interface JobRunFilter {
  readonly kind?: string | undefined;
  readonly state?: JobRunState | undefined;
  /** By name, where runs of everybody are looked at. */
  readonly namespace?: string | undefined;
}

export interface JobRunPage {
  readonly scope: JobRunScope;
  readonly filter: JobRunFilter;
  readonly before: string | null;
  readonly limit: number;
}

/** What people may do with a run. */
export type JobRunWishKind = JobRunRequest | 'resume' | 'retry' | 'dismiss';
/** `taken`: another run of its key is live. */
export type JobRunWishOutcome = 'done' | 'unknown' | 'not now' | 'taken';

const SELECT = `
  SELECT r.id, r.kind, n.name AS namespace, r.target, u.username AS "requestedBy", r.state, r.asked, r.done::float8 AS done,
    r.total::float8 AS total, r.counters, r.error, r.cause, r.attempts,
    CASE WHEN r.state = 'queued' THEN r.due_at END AS "nextAttemptAt", r.created_at AS "createdAt",
    r.started_at AS "startedAt", r.finished_at AS "finishedAt", r.dismissed_at AS "dismissedAt",
    EXISTS (SELECT 1 FROM read_only_mode m WHERE m.namespace_id IS NULL OR m.namespace_id = r.namespace_id) AS "isReadOnly",
    r.created_at::text || '/' || r.id AS position
  FROM job_run r LEFT JOIN namespace n ON n.id = r.namespace_id LEFT JOIN app_user u ON u.id = r.requested_by`;

const SHOWN_LINES = 200;

/** Runs as people see them, and what people ask of them. */
export class JobRuns {
  constructor(private readonly database: Database) {}

  /** The newest first. */
  async list({ scope, filter, before, limit }: JobRunPage): Promise<JobRunRecord[]> {
    const [at, id] = before?.split('/') ?? [];
    const values = [filter.kind ?? null, filter.state ?? null, filter.namespace ?? null, at ?? null, id ?? null, limit];
    const where = `($1::text IS NULL OR r.kind = $1) AND ($2::text IS NULL OR r.state = $2::job_run_state)
      AND ($3::text IS NULL OR n.name = $3) AND ($4::timestamptz IS NULL OR (r.created_at, r.id) < ($4, $5::uuid))`;
    const order = 'ORDER BY r.created_at DESC, r.id DESC LIMIT $6';
    if (scope === null) {
      return this.database.prepared<JobRunRecord>('job_run_list', `${SELECT} WHERE ${where} ${order}`, values);
    }
    return this.database.prepared<JobRunRecord>(
      'job_run_list_of_namespace',
      `${SELECT} WHERE ${where} AND r.namespace_id = $7 ${order}`,
      [...values, scope.namespaceId],
    );
  }

  async find(scope: JobRunScope, id: string): Promise<JobRunRecord | undefined> {
    const [run] = await this.database.prepared<JobRunRecord>(
      'job_run_find',
      `${SELECT} WHERE r.id = $1 AND ($2::uuid IS NULL OR r.namespace_id = $2)`,
      [id, scope?.namespaceId ?? null],
    );
    return run;
  }

  /** The last lines, the oldest of them first. */
  async logOf(id: string): Promise<JobRunLine[]> {
    const lines = await this.database.prepared<JobRunLine>(
      'job_run_log_tail',
      `SELECT at, is_warning AS "isWarning", message FROM job_run_log WHERE run_id = $1 ORDER BY job_run_log.id DESC LIMIT ${SHOWN_LINES}`,
      [id],
    );
    return lines.toReversed();
  }

  /** Does what a person asks, or leaves it to the worker that has the run, which sees it within seconds. */
  async wish(scope: JobRunScope, id: string, wish: { kind: JobRunWishKind; actor: Actor }): Promise<JobRunWishOutcome> {
    const { kind, actor } = wish;
    return this.database.transaction(async (tx) => {
      const [run] = await tx.$queryRaw<WishedRun[]>`
        SELECT id, kind, namespace_id AS "namespaceId", target, state, asked, key, dismissed_at IS NOT NULL AS "isDismissed"
        FROM job_run WHERE id = ${id}::uuid
          AND (${scope?.namespaceId ?? null}::uuid IS NULL OR namespace_id = ${scope?.namespaceId ?? null}::uuid) FOR UPDATE`;
      if (!run) return 'unknown';
      const change = changeFor(run, kind);
      if (!change) return 'not now';
      if (change.state === 'queued' && run.key !== null && run.state !== 'paused') {
        const live = await tx.$queryRaw<unknown[]>`
          SELECT 1 FROM job_run WHERE key = ${run.key} AND state IN ('queued', 'running', 'paused')`;
        if (live.length > 0) return 'taken';
      }
      await tx.$executeRaw`
        UPDATE job_run SET state = ${change.state}::job_run_state, asked = ${change.asked}::job_run_request,
          due_at = CASE WHEN ${change.state} = 'queued' THEN now() ELSE due_at END,
          attempts = CASE WHEN ${change.state} = 'queued' THEN 0 ELSE attempts END,
          finished_at = CASE WHEN ${change.state} = 'cancelled' THEN now() WHEN ${change.state} = 'failed' THEN finished_at END,
          dismissed_at = CASE WHEN ${kind} = 'dismiss' THEN now() END
        WHERE id = ${id}::uuid`;
      const detail = {
        kind: run.kind,
        before: { state: run.state, asked: run.asked },
        after: { state: change.state, asked: change.asked },
      };
      await recordAudit(tx, { actor, action: `job.${kind}`, namespaceId: run.namespaceId, target: run.target, detail });
      return 'done';
    });
  }
}

interface WishedRun {
  readonly id: string;
  readonly kind: string;
  readonly namespaceId: string | null;
  readonly target: string;
  readonly state: JobRunState;
  readonly asked: JobRunRequest | null;
  readonly key: string | null;
  readonly isDismissed: boolean;
}

interface RunChange {
  readonly state: JobRunState;
  readonly asked: JobRunRequest | null;
}

const queued = { state: 'queued', asked: null } as const;
const paused = { state: 'paused', asked: null } as const;
const cancelled = { state: 'cancelled', asked: null } as const;

/** What a wish makes of a run in a state; where nothing is said it means nothing. A run at work is asked to stop. */
const CHANGES: Readonly<Record<JobRunWishKind, Partial<Record<JobRunState, RunChange>>>> = {
  cancel: { queued: cancelled, paused: cancelled, running: { state: 'running', asked: 'cancel' } },
  pause: { queued: paused, running: { state: 'running', asked: 'pause' } },
  // Before the worker has seen the wish to pause, it is taken back.
  resume: { paused: queued, running: { state: 'running', asked: null } },
  retry: { failed: queued, cancelled: queued },
  dismiss: { failed: { state: 'failed', asked: null } },
};

/** Undefined where the wish means nothing. */
function changeFor({ state, asked, isDismissed }: WishedRun, wish: JobRunWishKind): RunChange | undefined {
  const change = CHANGES[wish][state];
  // Whoever is to be cancelled is, and what is done already is not done again.
  const isVain = state === 'running' && (asked === 'cancel' || asked === change?.asked);
  return isVain || (wish === 'dismiss' && isDismissed) ? undefined : change;
}
