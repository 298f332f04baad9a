import { Button } from '@mantine/core';
import type { SignUpInvitation } from '@stowage/contracts';
import { useState } from 'react';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { RelativeTime } from '../../../components/ui/relative-time';
import { notify } from '../../../lib/notify';
import { useTakeBackInvitation } from '../api/sign-up';
import classes from './administration.module.css';

const nameOf = (invitation: SignUpInvitation | undefined) => invitation?.email ?? 'whoever has the link';

export function SignUpInvitationList({ invitations }: { readonly invitations: readonly SignUpInvitation[] }) {
  const takeBack = useTakeBackInvitation();
  const [chosen, setChosen] = useState<SignUpInvitation>();
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
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={`Take back the invitation for ${nameOf(invitation)}`}
          onClick={() => setChosen(invitation)}
        >
          Take back
        </Button>
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
    </>
  );
}
