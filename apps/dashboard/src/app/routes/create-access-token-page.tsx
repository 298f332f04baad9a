import type { CreatedAccessToken } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CredentialSecret } from '../../components/credentials/credential-secret';
import { PageHeader } from '../../components/layout/page-header';
import { ErrorState } from '../../components/ui/error-state';
import { AnchorLink, ButtonLink } from '../../components/ui/link';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { Panel } from '../../components/ui/panel';
import { TokenWizard } from '../../features/access-tokens/components/token-wizard';
import { namespacesQuery } from '../../features/namespaces/api/list-namespaces';
import { useUser } from '../../features/session/api/get-session';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

/** The steps to a new access token, and the one time that its secret is seen: whoever leaves the page has had it. */
export function CreateAccessTokenPage() {
  usePageTitle('New access token');
  const query = useQuery(namespacesQuery);
  const username = useUser()?.username ?? '';
  const [created, setCreated] = useState<CreatedAccessToken>();
  return (
    <div className={classes.narrow}>
      <PageHeader
        crumbs={<AnchorLink to="/access-tokens">Access tokens</AnchorLink>}
        title={created ? `“${created.name}” is ready` : 'New access token'}
        actions={created ? <ButtonLink to="/access-tokens">Done</ButtonLink> : null}
      />
      <Panel>
        {created ? (
          <CredentialSecret what="access token" secret={created.secret} username={username} />
        ) : query.isPending ? (
          <ListSkeleton rows={3} />
        ) : query.isError && !query.data ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <TokenWizard namespaces={query.data.map(({ name }) => name)} onCreated={setCreated} />
        )}
      </Panel>
    </div>
  );
}
