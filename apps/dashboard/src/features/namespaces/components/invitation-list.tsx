import { Badge } from '@mantine/core';
import type { CreatedInvitation, Invitation } from '@stowage/contracts';
import { IconDots, IconLink, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { DropdownMenu, MenuItem } from '../../../components/ui/dropdown-menu';
import { RelativeTime } from '../../../components/ui/relative-time';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useRenewInvitation, useRevokeInvitation } from '../api/invitations';
import classes from './members.module.css';
import { roleLabel } from './roles';

interface InvitationListProps {
  readonly namespace: string;
  readonly invitations: readonly Invitation[];
  readonly onRenewed: (invitation: CreatedInvitation) => void;
}

const nameOf = ({ email }: Invitation) => email ?? 'Anyone with the link';

const COLUMNS: readonly Column<Invitation>[] = [
  {
    header: 'Invited',
    primary: true,
    cell: (invitation) => (
      <span className={classes.member}>
        {nameOf(invitation)}
        {invitation.isExpired ? <Badge color="yellow">Expired</Badge> : null}
      </span>
    ),
  },
  { header: 'Role', width: '9rem', cell: ({ role }) => roleLabel(role) },
  { header: 'By', width: '10rem', cell: ({ invitedBy }) => invitedBy ?? 'Somebody who is gone' },
  { header: 'Link ends', width: '9rem', cell: ({ expiresAt }) => <RelativeTime value={expiresAt} /> },
];

export function InvitationList({ namespace, invitations, onRenewed }: InvitationListProps) {
  const [ending, setEnding] = useState<Invitation>();
  const renew = useRenewInvitation(namespace);
  const revoke = useRevokeInvitation(namespace);
  const startRenewal = (id: string) =>
    renew.mutate(id, {
      onSuccess: onRenewed,
      onError: (error) => notify({ color: 'red', title: 'No new link was made', message: messageOf(error) }),
    });
  const close = () => {
    setEnding(undefined);
    revoke.reset();
  };
  const columns: readonly Column<Invitation>[] = [
    ...COLUMNS,
    {
      header: 'Actions',
      actions: true,
      cell: (invitation) => (
        <DropdownMenu
          label={`Actions for the invitation of ${nameOf(invitation)}`}
          width={200}
          triggerClass={classes.more}
          trigger={<IconDots size={18} aria-hidden />}
        >
          <MenuItem icon={<IconLink size={16} />} onClick={() => startRenewal(invitation.id)}>
            {invitation.email ? 'Send a new link' : 'Make a new link'}
          </MenuItem>
          <MenuItem icon={<IconTrash size={16} />} onClick={() => setEnding(invitation)}>
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
        opened={ending !== undefined}
        title="Take the invitation back"
        action="Take back"
        busy={revoke.isPending}
        error={revoke.error}
        onClose={close}
        onConfirm={() => ending && revoke.mutate(ending.id, { onSuccess: close })}
      >
        The link of <strong>{ending ? nameOf(ending) : ''}</strong> ends at once.
      </ConfirmDialog>
    </>
  );
}
