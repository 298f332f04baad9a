import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { Children, type ReactNode, useEffect, useId } from 'react';
import classes from './section-nav.module.css';

interface SectionNavProps {
  readonly label: string;
  /** Groups of links. */
  readonly children: ReactNode;
}

/** The pages of a part of the dashboard: at the side, and on a narrow screen the open one with the way to the others. */
export function SectionNav({ label, children }: SectionNavProps) {
  const id = useId();
  const [opened, { toggle, close }] = useDisclosure();
  const pathname = useLocation({ select: (location) => location.pathname });
  // Whoever has chosen a page wants to see it.
  useEffect(close, [close, pathname]);
  return (
    <nav className={classes.nav} aria-label={label} data-opened={opened || undefined}>
      <div id={id} className={classes.groups}>
        {children}
      </div>
      <button type="button" className={classes.toggle} aria-expanded={opened} aria-controls={id} onClick={toggle}>
        {opened ? 'Close' : 'All pages'}
        <IconChevronDown size={16} aria-hidden />
      </button>
    </nav>
  );
}

/** Pages for one purpose; nothing when the reader may see none of them. */
export function SectionGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  if (Children.toArray(children).length === 0) return null;
  return (
    <div className={classes.group} role="group" aria-labelledby={id}>
      <p id={id} className={classes.title}>
        {title}
      </p>
      {children}
    </div>
  );
}
