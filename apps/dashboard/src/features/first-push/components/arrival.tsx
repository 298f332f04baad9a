import type { ReactNode } from 'react';
import classes from './first-push.module.css';

interface ArrivalProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions: ReactNode;
}

/** The push is here: the container is lowered into its place. */
export function Arrival({ title, children, actions }: ArrivalProps) {
  return (
    <section className={classes.arrival} role="status" aria-label="First push">
      <svg width="64" height="56" viewBox="0 0 64 56" aria-hidden="true">
        <g className={classes.hold} fill="currentColor">
          <rect x="6" y="24" width="24" height="13" rx="3" opacity=".7" />
          <path d="M3 43a3 3 0 0 1 3-3h52a3 3 0 0 1 3 3 11 11 0 0 1-11 11H14A11 11 0 0 1 3 43z" />
        </g>
        <rect className={classes.crane} x="34" y="24" width="24" height="13" rx="3" fill="currentColor" />
      </svg>
      <div className={classes.arrivalWords}>
        <h2 className={classes.arrivalTitle}>{title}</h2>
        <p className={classes.arrivalText}>{children}</p>
      </div>
      {actions}
    </section>
  );
}
