import { Skeleton } from '@mantine/core';
import { IconHistory, IconPackages, IconRocket, IconSettings, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { PageHeader } from '../../components/layout/page-header';
import { NameTile } from '../../components/ui/name-tile';
import { TabLink, TabLinks } from '../../components/ui/tab-links';
import { namespaceQuery } from '../../features/namespaces/api/get-namespace';
import { UsageMeter } from '../../features/namespaces/components/usage-meter';
import { usePageTitle } from '../../lib/page-title';
import { mayPush } from './permissions';
import { QueryFailure } from './query-failure';
import classes from './pages.module.css';

/** What stays while the tabs of a namespace change. */
export function NamespacePage() {
  const { namespace: name } = useParams({ from: '/shell/n/$namespace' });
  usePageTitle(name);
  const query = useQuery(namespaceQuery(name));
  if (query.isPending) return <Skeleton height={120} radius="lg" />;
  if (query.isError) return <QueryFailure error={query.error} onRetry={() => void query.refetch()} />;
  const { displayName, kind, role, repositoryCount, memberCount } = query.data;
  const params = { namespace: name };
  const about = kind === 'personal' ? 'Personal namespace' : 'Organisation';
  return (
    <>
      <PageHeader
        icon={<NameTile name={name} size={48} round={kind === 'personal'} />}
        title={displayName || name}
        lead={displayName && displayName !== name ? `${name} · ${about}` : about}
        actions={role ? <UsageMeter namespace={name} /> : null}
      />
      <div className={classes.tabs}>
        <TabLinks label="Namespace">
          <TabLink
            to="/n/$namespace"
            params={params}
            activeOptions={{ exact: true }}
            icon={<IconPackages size={16} />}
            count={repositoryCount}
          >
            Repositories
          </TabLink>
          {role ? (
            <TabLink to="/n/$namespace/members" params={params} icon={<IconUsers size={16} />} count={memberCount}>
              Members
            </TabLink>
          ) : null}
          {role === 'owner' ? (
            <TabLink to="/n/$namespace/audit" params={params} icon={<IconHistory size={16} />}>
              Audit log
            </TabLink>
          ) : null}
          {role === 'owner' ? (
            <TabLink to="/n/$namespace/settings" params={params} icon={<IconSettings size={16} />}>
              Settings
            </TabLink>
          ) : null}
          {mayPush(role) ? (
            <TabLink to="/n/$namespace/get-started" params={params} icon={<IconRocket size={16} />}>
              Get started
            </TabLink>
          ) : null}
        </TabLinks>
      </div>
      <Outlet />
    </>
  );
}
