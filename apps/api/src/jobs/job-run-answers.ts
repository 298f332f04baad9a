import type { JobRun, JobRunDetail, JobRunWish, Page, RegistryJobRunQuery } from '@stowage/contracts';
import type { Actor, JobRunRecord, JobRuns, JobRunScope } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import { parsePosition, toPage } from '../cursors.js';
import { toJobRun } from './job-run-view.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const REFUSALS: Record<JobRunWish, string> = {
  cancel: 'Only a run that is not over can be cancelled.',
  pause: 'Only a run that waits or is at work can be paused.',
  resume: 'Only a run that is paused can be resumed.',
  retry: 'Only a run that has failed or was cancelled can be tried again.',
  dismiss: 'Only a run that has failed, and that nobody has dismissed, can be dismissed.',
};

/** Runs of one namespace, for its members, or of everybody, for administrators. */
export class JobRunAnswers {
  constructor(private readonly runs: JobRuns) {}

  async page(scope: JobRunScope, { cursor, limit, ...filter }: RegistryJobRunQuery): Promise<Page<JobRun>> {
    const rows = await this.runs.list({ scope, filter, before: parsePosition(cursor), limit: limit + 1 });
    const item = (row: JobRunRecord) => toJobRun(row, readerOf(scope));
    return toPage(rows, limit, { item, key: ({ position }) => position });
  }

  /** Throws 404. */
  async detail(scope: JobRunScope, id: string): Promise<JobRunDetail> {
    const run = await this.#find(scope, id);
    const log = await this.runs.logOf(run.id);
    return {
      ...toJobRun(run, readerOf(scope)),
      log: log.map(({ at, ...line }) => ({ at: at.toISOString(), ...line })),
    };
  }

  /** Throws 404, and 409 for a wish that means nothing in the state of the run. */
  async wish(scope: JobRunScope, id: string, wish: { kind: JobRunWish; actor: Actor }): Promise<JobRun> {
    const outcome = UUID.test(id) ? await this.runs.wish(scope, id, wish) : 'unknown';
    if (outcome === 'not now') throw new ProblemError(409, REFUSALS[wish.kind]);
    if (outcome === 'taken') {
      throw new ProblemError(409, 'The same work is under way in another run. Wait for its end, and try again.');
    }
    return toJobRun(await this.#find(scope, id), readerOf(scope));
  }

  async #find(scope: JobRunScope, id: string): Promise<JobRunRecord> {
    const run = UUID.test(id) ? await this.runs.find(scope, id) : undefined;
    if (!run) throw notFound('The run');
    return run;
  }
}

function readerOf(scope: JobRunScope) {
  return scope === null ? 'administrator' : 'member';
}
