import type { RefObject } from 'react';
import { STEPS } from './token-values';
import classes from './wizard.module.css';

interface WizardStepsProps {
  readonly current: number;
  /** Gets the focus when the step changes, so that what is new is read out. */
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

export function WizardSteps({ current, heading }: WizardStepsProps) {
  return (
    <div>
      <ol className={classes.steps} aria-label="Steps">
        {STEPS.map((label, index) => (
          <li
            key={label}
            className={classes.step}
            data-state={index < current ? 'done' : index === current ? 'current' : 'next'}
            aria-current={index === current ? 'step' : undefined}
          >
            <span className={classes.number}>{index + 1}</span>
            <span className={classes.label}>{label}</span>
          </li>
        ))}
      </ol>
      <h2 ref={heading} tabIndex={-1} className={classes.heading}>
        {STEPS[current]}
      </h2>
    </div>
  );
}
