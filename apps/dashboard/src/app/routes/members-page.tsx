import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Panel } from '../../components/ui/panel';
import { SortedList } from '../../components/ui/sorted-list';
import { namespaceQuery } from '../../features/namespaces/api/get-namespace';
import { membersQuery } from '../../features/namespaces/api/members';
import { MemberList } from '../../features/namespaces/components/member-list';
import { useUser } from '../../features/session/api/get-session';
import { usePageTitle } from '../../lib/page-title';
import { NamespaceGrants } from './namespace-grants';
import { NamespaceInvitations } from './namespace-invitations';
import classes from './pages.module.css';

const SORTS = [
  { value: 'username', label: 'By name, A–Z' },
  { value: '-username', label: 'By name, Z–A' },
  { value: '-addedAt', label: 'Newest first' },
  { value: 'addedAt', label: 'Oldest first' },
] as const;

export function MembersPage() {
  const { namespace } = useParams({ from: '/shell/n/$namespace' });
  usePageTitle('Members', namespace);
  const { data } = useQuery(namespaceQuery(namespace));
  const self = useUser()?.username;
  const navigate = useNavigate();
  const canManage = data?.role === 'owner';
  return (
    <div className={classes.stack}>
      {canManage ? <NamespaceInvitations key={namespace} namespace={namespace} /> : null}
      <Panel flush title="Members">
        <SortedList
          key={namespace}
          what="member"
          label="Filter members"
          sorts={SORTS}
          queryOf={(filter) => membersQuery(namespace, filter)}
          rows={4}
        >
          {(members) => (
            <MemberList
              namespace={namespace}
              members={members}
              self={self}
              canManage={canManage}
              onLeft={() => void navigate({ to: '/' })}
            />
          )}
        </SortedList>
      </Panel>
      {canManage ? <NamespaceGrants key={`grants of ${namespace}`} namespace={namespace} /> : null}
    </div>
  );
}
