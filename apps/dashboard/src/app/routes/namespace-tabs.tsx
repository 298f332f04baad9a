import type { Namespace } from '@stowage/contracts';
import {
  IconChartPie,
  IconHistory,
  IconListCheck,
  IconPackages,
  IconRobot,
  IconRocket,
  IconSettings,
  IconShieldCheck,
  IconTagStarred,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import { SectionGroup, SectionNav } from '../../components/layout/section-nav';
import { TabLink } from '../../components/ui/tab-links';
import { mayManageMachines, mayPush, mayRestore } from './permissions';

/** The pages of a namespace that the caller's role has a use for. */
export function NamespaceTabs({ namespace }: { readonly namespace: Namespace }) {
  const { name, role, repositoryCount, memberCount } = namespace;
  const params = { namespace: name };
  return (
    <SectionNav label="Namespace">
      <SectionGroup title="Images">
        <TabLink
          to="/n/$namespace"
          params={params}
          activeOptions={{ exact: true }}
          icon={<IconPackages size={16} />}
          count={repositoryCount}
        >
          Repositories
        </TabLink>
        {mayPush(role) ? (
          <TabLink to="/n/$namespace/get-started" params={params} icon={<IconRocket size={16} />}>
            Get started
          </TabLink>
        ) : null}
        {role ? (
          <TabLink to="/n/$namespace/tag-rules" params={params} icon={<IconTagStarred size={16} />}>
            Tag rules
          </TabLink>
        ) : null}
        {mayRestore(role) ? (
          <TabLink to="/n/$namespace/trash" params={params} icon={<IconTrash size={16} />}>
            Trash
          </TabLink>
        ) : null}
      </SectionGroup>
      <SectionGroup title="Access">
        {role ? (
          <TabLink to="/n/$namespace/members" params={params} icon={<IconUsers size={16} />} count={memberCount}>
            Members
          </TabLink>
        ) : null}
        {mayManageMachines(role) ? (
          <TabLink to="/n/$namespace/robots" params={params} icon={<IconRobot size={16} />}>
            Robots
          </TabLink>
        ) : null}
        {mayManageMachines(role) ? (
          <TabLink to="/n/$namespace/trust-rules" params={params} icon={<IconShieldCheck size={16} />}>
            Trust rules
          </TabLink>
        ) : null}
      </SectionGroup>
      <SectionGroup title="Namespace">
        {role ? (
          <TabLink to="/n/$namespace/usage" params={params} icon={<IconChartPie size={16} />}>
            Usage
          </TabLink>
        ) : null}
        {mayManageMachines(role) ? (
          <TabLink to="/n/$namespace/jobs" params={params} icon={<IconListCheck size={16} />}>
            Jobs
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
      </SectionGroup>
    </SectionNav>
  );
}
