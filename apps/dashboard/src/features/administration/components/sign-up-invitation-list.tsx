import type { CreatedSignUpInvitation, SignUpInvitation } from '@stowage/contracts';
import { IconDots, IconLink, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { DropdownMenu, MenuItem } from '../../../components/ui/dropdown-menu';
import { lazyDialog } from '../../../components/ui/lazy-dialog';
import { RelativeTime } from '../../../components/ui/relative-time';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useRenewSignUpInvitation, useTakeBackInvitation } from '../api/sign-up';
import classes from './administration.module.css';
import type { RenewedInvitationModalProps } from './renewed-invitation-modal';

const RenewedInvitationDialog = lazyDialog<RenewedInvitationModalProps>(
  async () => (await import('./renewed-invitation-modal')).RenewedInvitationModal,
);

const nameOf = (invitation: SignUpInvitation | undefined) => invitation?.email ?? 'whoever has the link';

export function SignUpInvitationList({ invitations }: { readonly invitations: readonly SignUpInvitation[] }) {
  const takeBack = useTakeBackInvitation();
  const [chosen, setChosen] = useState<SignUpInvitation>();
  const [renewed, setRenewed] = useState<CreatedSignUpInvitation>();
  const [isShown, setIsShown] = useState(false);
  const renew = useRenewSignUpInvitation();
  const startRenewal = (id: string) =>
    renew.mutate(id, {
      onSuccess: (invitation) => {
        setRenewed(invitation);
        setIsShown(true);
      },
      onError: (error) => notify({ color: 'red', title: 'No new link was made', message: messageOf(error) }),
    });
  const close = () => {
    takeBack.reset();
    setChosen(undefined);
  };
  const confirm = () =>
    chosen &&
    takeBack.mutate(chosen.id, {
      onSuccess: () => {
        notify({ message: 'The invitation is taken back.' });
        close();
      },
    });
  const columns: Column<SignUpInvitation>[] = [
    {
      header: 'For',
      primary: true,
      cell: (invitation) => (
        <span className={`${classes.name} ${classes.recipient}`}>{invitation.email ?? 'Whoever has the link'}</span>
      ),
    },
    { header: 'Invited by', width: '12rem', cell: ({ invitedBy }) => invitedBy },
    { header: 'Since', width: '9rem', cell: ({ createdAt }) => <RelativeTime value={createdAt} /> },
    { header: 'Until', width: '9rem', cell: ({ expiresAt }) => <RelativeTime value={expiresAt} /> },
    {
      header: 'Actions',
      actions: true,
      cell: (invitation) => (
        <DropdownMenu
          label={`Actions for the invitation for ${nameOf(invitation)}`}
          width={200}
          triggerClass={classes.more}
          trigger={<IconDots size={18} aria-hidden />}
        >
          <MenuItem icon={<IconLink size={16} />} onClick={() => startRenewal(invitation.id)}>
            {invitation.email === null ? 'Make a new link' : 'Send a new link'}
          </MenuItem>
          <MenuItem icon={<IconTrash size={16} />} onClick={() => setChosen(invitation)}>
            Take back
          </MenuItem>
        </DropdownMenu>
      ),
    },
  ];
  return (
    <>
      <DataTable label="Invitations" columns={columns} rows={invitations} rowKey={({ id }) => id} />
      <ConfirmDialog
        opened={chosen !== undefined}
        title="Take back invitation"
        action="Take it back"
        busy={takeBack.isPending}
        error={takeBack.error}
        onConfirm={confirm}
        onClose={close}
      >
        The link for <strong>{nameOf(chosen)}</strong> lets nobody in any more. Accounts that were made stay.
      </ConfirmDialog>
      <RenewedInvitationDialog opened={isShown} invitation={renewed} onClose={() => setIsShown(false)} />
    </>
  );
}
