import { nextRun } from '@stowage/retention';
import type { Database } from '../database.js';
import { type StartedJobRun, startJobRun } from '../jobs/start-job-run.js';
import type { Statements } from '../statements.js';
import type { RetentionScope } from './retention-policy-store.js';

/** What rows and pages call a run that applies a retention policy. */
export const RETENTION_RUN = 'retention';

/** What such a run is told. */
export type RetentionRunPayload = {
  readonly namespaceId: string;
  /** The repository with a policy of its own; null: all of the namespace that have none. */
  readonly repositoryId: string | null;
};

interface DuePolicy {
  readonly id: string;
  readonly namespaceId: string;
  readonly name: string;
  readonly schedule: string;
  readonly now: Date;
}

/** When policies are applied. */
export class RetentionSchedule {
  constructor(private readonly database: Database) {}

  /** One run of a policy at a time: `isNew` is false for one that is waiting or at work already. */
  async startNow(scope: RetentionScope, requestedBy: string | null): Promise<StartedJobRun> {
    return this.database.transaction(async (tx) => start(tx, scope, requestedBy));
  }

  /** Starts the runs that are due by the database's clock, and says when the next ones are. Returns how many. */
  async startDue(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const namespaces = await tx.$queryRaw<DuePolicy[]>`
        SELECT n.id, n.id AS "namespaceId", n.name, p.policy->>'schedule' AS schedule, now() AS now
        FROM namespace_retention p JOIN namespace n ON n.id = p.namespace_id
        WHERE p.next_run_at <= now() AND n.deleted_at IS NULL ORDER BY p.next_run_at LIMIT ${limit} FOR UPDATE OF p SKIP LOCKED`;
      for (const due of namespaces) {
        await start(tx, { ...due, kind: 'namespace' }, null);
        const nextRunAt = nextRun(due.schedule, due.now);
        await tx.namespaceRetention.update({ where: { namespaceId: due.id }, data: { nextRunAt } });
      }
      const repositories = await tx.$queryRaw<DuePolicy[]>`
        SELECT r.id, r.namespace_id AS "namespaceId", r.name, p.policy->>'schedule' AS schedule, now() AS now
        FROM repository_retention p JOIN repository r ON r.id = p.repository_id
        WHERE p.next_run_at <= now() AND r.deleted_at IS NULL ORDER BY p.next_run_at LIMIT ${limit} FOR UPDATE OF p SKIP LOCKED`;
      for (const due of repositories) {
        await start(tx, { ...due, kind: 'repository' }, null);
        const nextRunAt = nextRun(due.schedule, due.now);
        await tx.repositoryRetention.update({ where: { repositoryId: due.id }, data: { nextRunAt } });
      }
      return namespaces.length + repositories.length;
    });
  }
}

async function start(tx: Statements, scope: RetentionScope, requestedBy: string | null): Promise<StartedJobRun> {
  const { kind, id, namespaceId, name } = scope;
  const payload: RetentionRunPayload = { namespaceId, repositoryId: kind === 'repository' ? id : null };
  return startJobRun(tx, {
    kind: RETENTION_RUN,
    payload,
    namespaceId,
    target: kind === 'repository' ? name.slice(name.indexOf('/') + 1) : 'all repositories',
    requestedBy,
    key: `${RETENTION_RUN} ${id}`,
  });
}
