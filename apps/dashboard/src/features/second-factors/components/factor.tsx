import type { ReactNode } from 'react';
import classes from './second-factors.module.css';

interface FactorProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly isOn: boolean;
  /** Beside the title. */
  readonly state?: ReactNode;
  readonly about: ReactNode;
  readonly actions?: ReactNode;
}

export function Factor({ icon, title, isOn, state, about, actions }: FactorProps) {
  return (
    <li className={classes.factor}>
      <span className={classes.icon} data-on={isOn ? '' : undefined} aria-hidden>
        {icon}
      </span>
      <div>
        <h3 className={classes.heading}>
          {title} {state}
        </h3>
        <p className={classes.about}>{about}</p>
      </div>
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </li>
  );
}
