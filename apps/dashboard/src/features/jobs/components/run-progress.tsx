import type { JobRun } from '@stowage/contracts';
import { countersText } from './job-words';
import classes from './jobs.module.css';

/** How far a run is, as a bar where the end is known, and what it has done. */
export function RunProgress({ run }: { readonly run: JobRun }) {
  const { done, total, counters, kind } = run;
  const text = countersText(counters);
  const counted =
    total === null ? done.toLocaleString('en') : `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  return (
    <span className={classes.progress}>
      <span>{done === 0 && total === null ? '–' : counted}</span>
      {total !== null && total > 0 ? (
        <span
          className={classes.track}
          role="progressbar"
          aria-label={`Progress of ${kind}`}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={Math.min(done, total)}
        >
          <span style={{ width: `${Math.min(1, done / total) * 100}%` }} />
        </span>
      ) : null}
      {text ? <span className={classes.sub}>{text}</span> : null}
    </span>
  );
}
