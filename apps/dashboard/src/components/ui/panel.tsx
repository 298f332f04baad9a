import type { ReactNode } from 'react';
import classes from './panel.module.css';

interface PanelProps {
  readonly children: ReactNode;
  readonly title?: string;
  readonly aside?: ReactNode;
  /** Lists reach the panel's edges. */
  readonly flush?: boolean;
}

/** A sheet on the page's ground: the one box that content is put in. */
export function Panel({ children, title, aside, flush = false }: PanelProps) {
  return (
    <section className={classes.panel} aria-label={title}>
      {title ? (
        <header className={classes.header}>
          <h2 className={classes.title}>{title}</h2>
          {aside}
        </header>
      ) : null}
      <div className={flush ? undefined : classes.body}>{children}</div>
    </section>
  );
}
