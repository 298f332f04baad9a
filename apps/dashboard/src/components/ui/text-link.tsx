import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './text.module.css';

interface TextLinkProps {
  readonly href: string;
  /** Beside the page, so that what is typed into it stays. */
  readonly aside?: boolean;
  readonly children: ReactNode;
}

/** A link in a sentence. */
export function TextLink({ href, aside = false, children }: TextLinkProps) {
  return (
    <Anchor href={href} className={classes.link ?? ''} {...(aside ? { target: '_blank', rel: 'noopener' } : {})}>
      {children}
    </Anchor>
  );
}
