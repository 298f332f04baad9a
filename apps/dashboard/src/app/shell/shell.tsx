import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { BrandMark, Wordmark } from '../../components/layout/brand';
import { LegalFooter } from '../../components/layout/legal-footer';
import { ButtonLink } from '../../components/ui/link';
import { sessionQuery } from '../../features/session/api/get-session';
import { Confirmation } from '../../features/session/components/confirmation';
import { CreateNamespace } from '../create-namespace';
import { AccountMenu } from './account-menu';
import { Banners } from './banners';
import { ColorSchemeMenu } from './color-scheme-menu';
import { NamespaceSwitcher } from './namespace-switcher';
import classes from './shell.module.css';
import { SignedOutLinks } from './signed-out-links';

/** What stands around every page behind the door. It works for visitors without a session too: public repositories are for everybody. */
export function Shell() {
  const { data: session, isPending } = useQuery(sessionQuery);
  const { namespace } = useParams({ strict: false });
  const [creating, dialog] = useDisclosure(false);
  const user = session?.user;
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <header className={classes.bar}>
        <Banners session={session} namespace={namespace} />
        <div className={classes.inner}>
          <Link to="/" className={classes.brand} aria-label="Stowage, home" data-compact={user ? '' : undefined}>
            <BrandMark />
            <span className={classes.word}>
              <Wordmark />
            </span>
          </Link>
          {user ? <NamespaceSwitcher current={namespace} onCreate={dialog.open} /> : null}
          <div className={classes.end}>
            {user ? (
              <>
                <Button
                  className={classes.wide ?? ''}
                  variant="subtle"
                  color="gray"
                  leftSection={<IconPlus size={16} />}
                  onClick={dialog.open}
                >
                  New namespace
                </Button>
                <ButtonLink
                  className={classes.wide ?? ''}
                  to="/access-tokens"
                  variant="subtle"
                  color="gray"
                  leftSection={<IconKey size={16} />}
                >
                  Access tokens
                </ButtonLink>
              </>
            ) : null}
            <ColorSchemeMenu />
            {user ? <AccountMenu user={user} onCreateNamespace={dialog.open} /> : isPending ? null : <SignedOutLinks />}
          </div>
        </div>
      </header>
      <main id="content" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
      <LegalFooter className={classes.foot} />
      {user ? <Confirmation /> : null}
      <CreateNamespace opened={creating} onClose={dialog.close} />
    </div>
  );
}
