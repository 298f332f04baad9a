import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useParams } from '@tanstack/react-router';
import { PageHeader } from '../../components/layout/page-header';
import { NameTile } from '../../components/ui/name-tile';
import { namespaceQuery } from '../../features/namespaces/api/get-namespace';
import { UsageMeter } from '../../features/namespaces/components/usage-meter';
import { usePageTitle } from '../../lib/page-title';
import { NamespaceTabs } from './namespace-tabs';
import { QueryFailure } from './query-failure';
import classes from './pages.module.css';

/** What stays while the tabs of a namespace change. */
export function NamespacePage() {
  const { namespace: name } = useParams({ from: '/shell/n/$namespace' });
  usePageTitle(name);
  const query = useQuery(namespaceQuery(name));
  if (query.isPending) return <Skeleton height={120} radius="lg" />;
  if (query.isError) return <QueryFailure error={query.error} onRetry={() => void query.refetch()} />;
  const { displayName, kind, role } = query.data;
  // The address has a name from before.
  if (query.data.name !== name) return <Navigate to="/n/$namespace" params={{ namespace: query.data.name }} replace />;
  const about = kind === 'personal' ? 'Personal namespace' : 'Organisation';
  return (
    <>
      <PageHeader
        icon={<NameTile name={name} size={48} round={kind === 'personal'} />}
        title={displayName || name}
        lead={displayName && displayName !== name ? `${name} · ${about}` : about}
        actions={role ? <UsageMeter namespace={name} /> : null}
      />
      <div className={classes.sections}>
        <NamespaceTabs namespace={query.data} />
        <div>
          <Outlet />
        </div>
      </div>
    </>
  );
}
