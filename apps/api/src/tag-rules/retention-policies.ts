import type { Retention, RetentionPolicy, StartedRun } from '@stowage/contracts';
import {
  type Actor,
  RetentionPolicyStore,
  type RetentionSchedule,
  type RetentionScope,
  type StoredRetention,
} from '@stowage/metadata';
import { fieldProblem, ProblemError } from '@stowage/nest-kit';
import { InvalidScheduleError, isVersionRange, nextRun } from '@stowage/retention';

/** What the routes of namespaces and of repositories have in common. */
export class RetentionPolicies {
  constructor(
    private readonly store: RetentionPolicyStore,
    private readonly schedule: RetentionSchedule,
  ) {}

  async find(scope: Pick<RetentionScope, 'kind' | 'id'>): Promise<StoredRetention | undefined> {
    return this.store.find(scope);
  }

  /** Throws 400 for a schedule or a range of versions that means nothing. */
  async set(scope: RetentionScope, policy: RetentionPolicy | null, actor: Actor): Promise<void> {
    if (policy) checkPolicy(policy);
    await this.store.set(scope, policy, actor);
  }

  /** Throws 409 where there is no policy to apply. */
  async startNow(scope: RetentionScope, requestedBy: string | null): Promise<StartedRun> {
    if (await this.store.find(scope)) return this.schedule.startNow(scope, requestedBy);
    const what =
      scope.kind === 'namespace'
        ? 'This namespace has no retention policy: save one first.'
        : 'This repository has no policy of its own: run that of its namespace, or save one here first.';
    throw new ProblemError(409, what);
  }
}

export function checkPolicy({ rules, schedule }: RetentionPolicy): void {
  rules.forEach(({ keep }, at) => {
    if (keep.kind !== 'versions-in' || isVersionRange(keep.range)) return;
    throw fieldProblem(400, {
      field: `policy.rules.${at}.keep.range`,
      message: 'not a range of versions, such as >=2.0.0 or 1.x',
    });
  });
  if (schedule === null) return;
  try {
    nextRun(schedule, new Date());
  } catch (error) {
    if (!(error instanceof InvalidScheduleError)) throw error;
    throw fieldProblem(400, { field: 'policy.schedule', message: error.message }, error);
  }
}

export function toRetention(stored: StoredRetention | undefined, inherited: boolean): Retention {
  return {
    policy: stored?.policy ?? null,
    inherited,
    nextRunAt: stored?.nextRunAt?.toISOString() ?? null,
    updatedAt: stored?.updatedAt.toISOString() ?? null,
    updatedBy: stored?.updatedBy ?? null,
  };
}
