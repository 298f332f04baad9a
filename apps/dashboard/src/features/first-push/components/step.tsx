import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './first-push.module.css';

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly state: 'waiting' | 'watching' | 'done' | 'plain';
  /** What the page has seen or waits for, read out when it changes. */
  readonly status?: ReactNode;
  readonly children: ReactNode;
}

export function Step({ number, title, state, status, children }: StepProps) {
  return (
    <li className={classes.step} data-state={state} aria-label={`Step ${number}: ${title}`}>
      <span className={classes.marker} aria-hidden="true">
        {state === 'done' ? <IconCheck size={16} stroke={3} /> : number}
      </span>
      <div className={classes.content}>
        <div className={classes.stepHead}>
          <h3 className={classes.stepTitle}>{title}</h3>
          <span className={classes.status} role="status">
            {status}
          </span>
        </div>
        {children}
      </div>
    </li>
  );
}
