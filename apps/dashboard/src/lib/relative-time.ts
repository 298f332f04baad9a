const DAY = 86_400;
const WEEK = 7 * DAY;
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['week', WEEK],
  ['day', DAY],
  ['hour', 3_600],
  ['minute', 60],
];
const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const absolute = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

/**
 * "3 hours ago", "in 7 days". What is to come is rounded to days, hours and minutes: of a week a second is over as soon as it
 * is shown. Under a minute is "just now", because clocks of two machines differ by seconds.
 */
export function relativeTime(iso: string, now: number = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  for (const [unit, size] of STEPS) {
    // “Next week” says less than the days.
    if (Math.abs(seconds) < size || (unit === 'week' && seconds > 0 && seconds < 2 * size)) continue;
    return format.format(seconds > 0 && size <= DAY ? Math.round(seconds / size) : Math.trunc(seconds / size), unit);
  }
  return 'just now';
}

export function absoluteTime(iso: string): string {
  return absolute.format(new Date(iso));
}
