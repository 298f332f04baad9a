import { describe, expect, it } from 'vitest';
import { InvalidScheduleError, nextRun } from './schedule.js';

const AFTER = new Date('2026-03-29T00:30:00Z');

describe('nextRun', () => {
  it.each([
    ['0 3 * * *', '2026-03-29T03:00:00.000Z'],
    ['30 0 * * *', '2026-03-30T00:30:00.000Z'],
    ['0 0 1 * *', '2026-04-01T00:00:00.000Z'],
    ['15 2 * * 1', '2026-03-30T02:15:00.000Z'],
  ])('%s is next at %s, in UTC whatever the summer time is', (schedule, next) => {
    expect(nextRun(schedule, AFTER).toISOString()).toBe(next);
  });

  it.each(['', '* * * * * *', '0 25 * * *', 'tomorrow', '0 0 31 2 *', '@daily'])('refuses “%s”', (schedule) => {
    expect(() => nextRun(schedule, AFTER)).toThrow(InvalidScheduleError);
  });
});
