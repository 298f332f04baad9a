import type { ReactNode } from 'react';
import classes from './page-header.module.css';

interface PageHeaderProps {
  readonly title: ReactNode;
  /** Where the page lies: links, from the outside in. */
  readonly crumbs?: ReactNode;
  readonly lead?: ReactNode;
  readonly icon?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHeader({ title, crumbs, lead, icon, actions }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      {crumbs ? (
        <nav className={classes.crumbs} aria-label="Breadcrumb">
          {crumbs}
        </nav>
      ) : null}
      <div className={classes.row}>
        {icon}
        <div className={classes.words}>
          <h1 className={classes.title}>{title}</h1>
          {lead ? <div className={classes.lead}>{lead}</div> : null}
        </div>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
    </header>
  );
}
