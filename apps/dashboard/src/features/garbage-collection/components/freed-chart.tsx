import type { FreedDay } from '@stowage/contracts';
import { formatBytes } from '../../../lib/format-bytes';
import classes from './collection.module.css';

const dayFormat = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** A bar for each day; what it shows is in its words as well, for whoever does not see it. */
export function FreedChart({ days }: { readonly days: readonly FreedDay[] }) {
  const most = Math.max(1, ...days.map(({ bytes }) => bytes));
  const [first, last] = [days.at(0), days.at(-1)];
  if (!first || !last) return null;
  const total = days.reduce((sum, { bytes }) => sum + bytes, 0);
  const named = (iso: string) => dayFormat.format(new Date(iso));
  return (
    <figure className={classes.chart}>
      <figcaption className={classes.total}>
        <strong>{formatBytes(total)}</strong> in 30 days
      </figcaption>
      <ol className={classes.bars} aria-label="Bytes freed by day">
        {days.map(({ day, bytes, objects }) => {
          const words = `${named(day)}: ${formatBytes(bytes)} in ${objects.toLocaleString('en')} objects`;
          return (
            <li key={day} title={words}>
              <span className={classes.words}>{words}</span>
              <span
                className={classes.bar}
                data-empty={bytes === 0 || undefined}
                style={{ height: `${(bytes / most) * 100}%` }}
              />
            </li>
          );
        })}
      </ol>
      <div className={classes.axis} aria-hidden>
        <span>{named(first.day)}</span>
        <span>most on a day: {formatBytes(Math.max(...days.map(({ bytes }) => bytes)))}</span>
        <span>today</span>
      </div>
    </figure>
  );
}
