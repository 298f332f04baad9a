import type { Logger } from '@stowage/telemetry';

/** What jobs and their runner write to. */
export type JobLogger = Omit<Logger, 'child'>;

/** The same logger, with the name of the job in every line. */
export function forJob(logger: JobLogger, job: string): JobLogger {
  return {
    debug: (fields, message) => logger.debug({ job, ...fields }, message),
    info: (fields, message) => logger.info({ job, ...fields }, message),
    warn: (fields, message) => logger.warn({ job, ...fields }, message),
    error: (fields, message) => logger.error({ job, ...fields }, message),
  };
}
