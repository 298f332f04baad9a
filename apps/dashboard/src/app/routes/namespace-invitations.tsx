import type { CreatedInvitation } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '../../components/ui/error-state';
import { lazyDialog } from '../../components/ui/lazy-dialog';
import { Panel } from '../../components/ui/panel';
import { invitationsQuery } from '../../features/namespaces/api/invitations';
import { AddPeople } from '../../features/namespaces/components/add-people';
import type { InvitationLinkDialogProps } from '../../features/namespaces/components/invitation-link-dialog';
import { InvitationList } from '../../features/namespaces/components/invitation-list';

const InvitationLinkDialog = lazyDialog<InvitationLinkDialogProps>(
  async () => (await import('../../features/namespaces/components/invitation-link-dialog')).InvitationLinkDialog,
);

/** How people come into a namespace, for its owners. */
export function NamespaceInvitations({ namespace }: { readonly namespace: string }) {
  const query = useQuery(invitationsQuery(namespace));
  const [made, setMade] = useState<CreatedInvitation>();
  const [isShown, setShown] = useState(false);
  const show = (invitation: CreatedInvitation) => {
    setMade(invitation);
    setShown(true);
  };
  return (
    <>
      <Panel title="Add people">
        <AddPeople namespace={namespace} onInvited={show} />
      </Panel>
      {query.isError && !query.data ? (
        <Panel title="Invitations">
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      ) : query.data && query.data.length > 0 ? (
        <Panel flush title="Invitations">
          <InvitationList namespace={namespace} invitations={query.data} onRenewed={show} />
        </Panel>
      ) : null}
      <InvitationLinkDialog opened={isShown} invitation={made} onClose={() => setShown(false)} />
    </>
  );
}
