import type { Logger } from '@stowage/telemetry';

/** What jobs and their runner write to. */
export type JobLogger = Omit<Logger, 'child'>;

/** The same logger, with the name of the job in every line. */
export function forJob(logger: JobLogger, job: string): JobLogger {
  return withFields(logger, { job });
}

/** The same logger, with these fields in every line. */
export function withFields(logger: JobLogger, common: object): JobLogger {
  return {
    debug: (fields, message) => logger.debug({ ...common, ...fields }, message),
    info: (fields, message) => logger.info({ ...common, ...fields }, message),
    warn: (fields, message) => logger.warn({ ...common, ...fields }, message),
    error: (fields, message) => logger.error({ ...common, ...fields }, message),
  };
}
