import {
  IconBuilding,
  IconFileText,
  IconGauge,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconLink,
  IconListCheck,
  IconLock,
  IconRecycle,
  IconUserPlus,
  IconUsers,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { PageHeader } from '../../components/layout/page-header';
import { SectionGroup, SectionNav } from '../../components/layout/section-nav';
import { TabLink } from '../../components/ui/tab-links';
import { overviewQuery } from '../../features/overview/api/overview';
import { useUser } from '../../features/session/api/get-session';
import { usePageTitle } from '../../lib/page-title';
import { NotFoundPage } from './not-found-page';
import classes from './pages.module.css';

/** What stays while the tabs of the administration change. For others than administrators there is no such page. */
export function AdministrationPage() {
  usePageTitle('Administration');
  if (!useUser()?.isAdmin) return <NotFoundPage />;
  return (
    <>
      <PageHeader title="Administration" lead="The whole registry: everybody’s accounts, and what holds it together." />
      <div className={classes.sections}>
        <SectionNav label="Administration">
          <SectionGroup title="Operation">
            <TabLink to="/admin/overview" icon={<IconLayoutDashboard size={16} />}>
              Overview
            </TabLink>
            <JobsTab />
            <TabLink to="/admin/read-only" icon={<IconLock size={16} />}>
              Read-only
            </TabLink>
            <TabLink to="/admin/signing-keys" icon={<IconKey size={16} />}>
              Signing keys
            </TabLink>
            <TabLink to="/admin/audit" icon={<IconHistory size={16} />}>
              Audit log
            </TabLink>
          </SectionGroup>
          <SectionGroup title="People">
            <TabLink to="/admin/users" icon={<IconUsers size={16} />}>
              Users
            </TabLink>
            <TabLink to="/admin/sign-up" icon={<IconUserPlus size={16} />}>
              Sign-up
            </TabLink>
            <TabLink to="/admin/notices" icon={<IconFileText size={16} />}>
              Notices
            </TabLink>
            <TabLink to="/admin/pending-links" icon={<IconLink size={16} />}>
              Pending links
            </TabLink>
          </SectionGroup>
          <SectionGroup title="Storage">
            <TabLink to="/admin/namespaces" icon={<IconBuilding size={16} />}>
              Namespaces
            </TabLink>
            <TabLink to="/admin/plans" icon={<IconGauge size={16} />}>
              Plans
            </TabLink>
            <TabLink to="/admin/gc" icon={<IconRecycle size={16} />}>
              Garbage collection
            </TabLink>
          </SectionGroup>
        </SectionNav>
        <div>
          <Outlet />
        </div>
      </div>
    </>
  );
}

/** With how many have failed and nobody has seen to. */
function JobsTab() {
  const failed = useQuery(overviewQuery).data?.jobs.failed ?? 0;
  return (
    <TabLink
      to="/admin/jobs"
      icon={<IconListCheck size={16} />}
      {...(failed > 0 ? { count: failed, 'aria-label': `Jobs, ${failed} failed` } : {})}
    >
      Jobs
    </TabLink>
  );
}
