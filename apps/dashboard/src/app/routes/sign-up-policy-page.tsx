import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../components/ui/empty-state';
import { ErrorState } from '../../components/ui/error-state';
import { KeysetList } from '../../components/ui/keyset-list';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { Panel } from '../../components/ui/panel';
import { settingsQuery, signUpInvitationsQuery } from '../../features/administration/api/sign-up';
import { DomainPanel } from '../../features/administration/components/domain-panel';
import { InviteButton } from '../../features/administration/components/invite-button';
import { SignUpInvitationList } from '../../features/administration/components/sign-up-invitation-list';
import { SignUpModeForm } from '../../features/administration/components/sign-up-mode-form';
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
          <SignUpModeForm settings={settings.data} />
        )}
      </Panel>
      <Invitations />
      <DomainPanel list="blocked" />
      <DomainPanel list="allowed" />
    </div>
  );
}

function Invitations() {
  const query = useInfiniteQuery(signUpInvitationsQuery);
  return (
    <Panel flush title="Invitations" aside={<InviteButton />}>
      <KeysetList
        query={query}
        rows={2}
        empty={
          <EmptyState title="Nobody is invited">
            An invitation is a link that lets one person make an account, also where sign-up is by invitation.
          </EmptyState>
        }
      >
        {(invitations) => <SignUpInvitationList invitations={invitations} />}
      </KeysetList>
    </Panel>
  );
}
