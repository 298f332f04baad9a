import { Cron } from 'croner';

/** Not a cron expression of five fields, or one that is never due. */
export class InvalidScheduleError extends Error {
  override name = 'InvalidScheduleError';
}

/** The next time after `after` that a cron expression of five fields names, in UTC. Throws `InvalidScheduleError`. */
export function nextRun(schedule: string, after: Date): Date {
  if (schedule.split(/\s+/).length !== 5) {
    throw new InvalidScheduleError('five fields: minute, hour, day of the month, month, day of the week');
  }
  let next: Date | null;
  try {
    next = new Cron(schedule, { timezone: 'UTC', mode: '5-part' }).nextRun(after);
  } catch (error) {
    throw new InvalidScheduleError('not a cron expression, such as “0 3 * * *” for every day at 03:00', {
      cause: error,
    });
  }
  if (!next) throw new InvalidScheduleError('no day is ever like that');
  return next;
}
