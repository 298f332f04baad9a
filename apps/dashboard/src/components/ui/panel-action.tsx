import type { ReactNode } from 'react';
import classes from './panel-action.module.css';

interface PanelActionProps {
  readonly title: string;
  readonly text: string;
  /** The button. */
  readonly children: ReactNode;
}

/** Something to do in a panel: what it is about, and its button beside it. Several have a line between them. */
export function PanelAction({ title, text, children }: PanelActionProps) {
  return (
    <div className={classes.row}>
      <div className={classes.about}>
        <h3 className={classes.heading}>{title}</h3>
        <p className={classes.text}>{text}</p>
      </div>
      {children}
    </div>
  );
}
