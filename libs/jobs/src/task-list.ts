import type { Task, TaskList } from 'graphile-worker';
import { DuplicateJobError } from './job-errors.js';
import { forJob, type JobLogger } from './job-logger.js';
import type { Job } from './job.js';
import { runScheduled, type ScheduledJob, type TurnPlaces } from './scheduled-run.js';

/** The jobs in the queue's own terms. Throws DuplicateJobError. */
export function toTaskList(jobs: readonly Job[], places: TurnPlaces, logger: JobLogger): TaskList {
  const tasks: TaskList = {};
  for (const job of jobs) {
    if (job.name in tasks) throw new DuplicateJobError(job.name);
    const jobLogger = forJob(logger, job.name);
    tasks[job.name] = isScheduled(job) ? toScheduledTask(job, places, jobLogger) : toTask(job, jobLogger);
  }
  return tasks;
}

export function isScheduled(job: Job): job is ScheduledJob {
  return job.schedule !== undefined;
}

function toScheduledTask(job: ScheduledJob, places: TurnPlaces, logger: JobLogger): Task {
  return async (state, { abortSignal }) => runScheduled(places, job, { state, signal: abortSignal, logger });
}

function toTask(job: Job, logger: JobLogger): Task {
  return async (payload, { abortSignal, job: { id, attempts, max_attempts: maxAttempts } }) => {
    try {
      await job.perform(payload, { signal: abortSignal, logger });
    } catch (err) {
      logger.error({ err, id, attempt: attempts, maxAttempts }, 'job failed');
      throw err; // the queue tries again, later each time
    }
  };
}
