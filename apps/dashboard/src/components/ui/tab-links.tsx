import { createLink } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import classes from './tab-links.module.css';

/** Tabs that are addresses: each can be linked to, and Back leads to the one before. */
export function TabLinks({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {children}
    </nav>
  );
}

type TabProps = ComponentProps<'a'> & { readonly icon?: ReactNode; readonly count?: number | undefined };

/** A page among others, in a row of tabs or at the side: how it looks is said there. */
export const TabLink = createLink(({ icon, count, children, ...rest }: TabProps) => (
  <a {...rest}>
    {icon}
    {children}
    {count === undefined ? null : <span className={classes.count}>{count}</span>}
  </a>
));
