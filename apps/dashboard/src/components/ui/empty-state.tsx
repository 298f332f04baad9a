import type { ReactNode } from 'react';
import { StackArt } from './stack-art';
import classes from './state.module.css';

interface EmptyStateProps {
  readonly title: string;
  /** Where it is all that the page says. */
  readonly heading?: 'h1' | 'h2';
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Nothing here yet: says what would be here and how it gets here. */
export function EmptyState({ title, heading: Heading = 'h2', children, action }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      <StackArt />
      <Heading className={classes.title}>{title}</Heading>
      {children ? <div className={classes.text}>{children}</div> : null}
      {action ? <div className={classes.action}>{action}</div> : null}
    </div>
  );
}
