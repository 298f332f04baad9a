import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../components/ui/empty-state';
import { ErrorState } from '../../components/ui/error-state';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { LoadMore } from '../../components/ui/load-more';
import { Panel } from '../../components/ui/panel';
import { settingsQuery, signUpInvitationsQuery } from '../../features/administration/api/sign-up';
import { InviteButton } from '../../features/administration/components/invite-button';
import { SignUpInvitationList } from '../../features/administration/components/sign-up-invitation-list';
import { SignUpModeForm } from '../../features/administration/components/sign-up-mode-form';
import { itemsOf } from '../../lib/api/keyset-query';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function SignUpPolicyPage() {
  usePageTitle('Sign-up', 'Administration');
  const settings = useQuery(settingsQuery);
  return (
    <div className={classes.stack}>
      <Panel title="Who may make an account">
        {settings.isPending ? (
          <ListSkeleton rows={3} />
        ) : settings.isError && !settings.data ? (
          <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
        ) : (
          <SignUpModeForm signUp={settings.data.signUp} />
        )}
      </Panel>
      <Invitations />
    </div>
  );
}

function Invitations() {
  const query = useInfiniteQuery(signUpInvitationsQuery);
  const invitations = itemsOf(query.data);
  return (
    <Panel flush title="Invitations" aside={<InviteButton />}>
      {query.isPending ? (
        <ListSkeleton rows={2} />
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : invitations.length === 0 ? (
        <EmptyState title="Nobody is invited">
          An invitation is a link that lets one person make an account, also where sign-up is by invitation.
        </EmptyState>
      ) : (
        <>
          <SignUpInvitationList invitations={invitations} />
          <LoadMore query={query} shown={invitations.length} />
        </>
      )}
    </Panel>
  );
}
