import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { KeysetList } from '../../components/ui/keyset-list';
import { Panel } from '../../components/ui/panel';
import { namespaceQuery } from '../../features/namespaces/api/get-namespace';
import { membersQuery } from '../../features/namespaces/api/members';
import { MemberList } from '../../features/namespaces/components/member-list';
import { useUser } from '../../features/session/api/get-session';
import { usePageTitle } from '../../lib/page-title';
import { NamespaceGrants } from './namespace-grants';
import { NamespaceInvitations } from './namespace-invitations';
import classes from './pages.module.css';

export function MembersPage() {
  const { namespace } = useParams({ from: '/shell/n/$namespace' });
  usePageTitle('Members', namespace);
  const query = useInfiniteQuery(membersQuery(namespace));
  const { data } = useQuery(namespaceQuery(namespace));
  const self = useUser()?.username;
  const navigate = useNavigate();
  const canManage = data?.role === 'owner';
  return (
    <div className={classes.stack}>
      {canManage ? <NamespaceInvitations key={namespace} namespace={namespace} /> : null}
      <Panel flush title="Members">
        <KeysetList query={query} rows={4}>
          {(members) => (
            <MemberList
              namespace={namespace}
              members={members}
              self={self}
              canManage={canManage}
              onLeft={() => void navigate({ to: '/' })}
            />
          )}
        </KeysetList>
      </Panel>
      {canManage ? <NamespaceGrants key={`grants of ${namespace}`} namespace={namespace} /> : null}
    </div>
  );
}
