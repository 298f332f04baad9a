import { type LogFunctionFactory, Logger as QueueLogger } from 'graphile-worker';
import type { JobLogger } from './job-logger.js';

/** The queue's own messages in our log. Failed runs are left out: whoever ran them has logged them. */
export function toQueueLogger(logger: JobLogger): QueueLogger {
  const factory: LogFunctionFactory = (scope) => (level, message, meta) => {
    const fields = { queue: { ...scope }, ...(meta?.['error'] === undefined ? {} : { err: meta['error'] }) };
    if (level === 'debug' || level === 'info' || meta?.['failure'] === true) logger.debug(fields, message);
    // Nothing of the queue is lost by a failing statement or connection: it is tried again.
    else logger.warn(fields, message);
  };
  return new QueueLogger(factory);
}
