import type { ReactNode } from 'react';
import classes from './auth-layout.module.css';
import { BrandMark, Wordmark } from './brand';
import { HoldArt } from './hold-art';
import { LegalFooter } from './legal-footer';

interface AuthLayoutProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** The door of the house: a form on one side, the house's picture on the other where there is room. */
export function AuthLayout({ title, lead, footer, children }: AuthLayoutProps) {
  return (
    <div className={classes.page}>
      <main className={classes.form}>
        <div className={classes.inner}>
          <a className={classes.brand} href="/" aria-label="Stowage, home">
            <BrandMark size={34} />
            <Wordmark />
          </a>
          <h1 className={classes.title}>{title}</h1>
          {lead ? <p className={classes.lead}>{lead}</p> : null}
          {children}
          {footer ? <p className={classes.footer}>{footer}</p> : null}
          <LegalFooter className={classes.legal} />
        </div>
      </main>
      <aside className={classes.aside} aria-hidden="true">
        <HoldArt />
        <p className={classes.claim}>Everything you ship, stowed in its place.</p>
        <p className={classes.sub}>
          Images, charts, signatures and SBOMs, for docker, podman, containerd, helm and every other OCI client.
        </p>
      </aside>
    </div>
  );
}
