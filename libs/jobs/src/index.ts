export { type EnqueueOptions, enqueue, type SqlRunner } from './enqueue.js';
export { defineJob, type Job, type JobContext, type JobDefinition, type JobSchedule } from './job.js';
export type { JobLogger } from './job-logger.js';
export { DuplicateJobError, UnhandledJobError } from './job-errors.js';
export { JobRunner, type JobRunnerOptions } from './job-runner.js';
