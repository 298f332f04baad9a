import { ActionIcon, Badge, Button } from '@mantine/core';
import type { Member, Role } from '@stowage/contracts';
import { IconUserMinus } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { NameTile } from '../../../components/ui/name-tile';
import { RelativeTime } from '../../../components/ui/relative-time';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { usePutMember, useRemoveMember } from '../api/members';
import classes from './members.module.css';
import { RoleSelect } from './role-select';
import { roleLabel } from './roles';

interface MemberListProps {
  readonly namespace: string;
  readonly members: readonly Member[];
  readonly self: string | undefined;
  readonly canManage: boolean;
  /** When this caller has left. */
  readonly onLeft: () => void;
}

export function MemberList({ namespace, members, self, canManage, onLeft }: MemberListProps) {
  const [leaving, setLeaving] = useState<Member>();
  const put = usePutMember(namespace);
  const remove = useRemoveMember(namespace);
  const changeRole = (username: string, role: Role) =>
    put.mutate(
      { username, role },
      {
        onSuccess: () => notify({ message: `${username} is now ${roleLabel(role).toLowerCase()}.` }),
        onError: (error) => notify({ color: 'red', title: 'The role was not changed', message: messageOf(error) }),
      },
    );
  const columns: Column<Member>[] = [
    {
      header: 'Member',
      primary: true,
      cell: ({ username }) => (
        <span className={classes.member}>
          <NameTile name={username} size={28} round />
          <span>{username}</span>
          {username === self ? <Badge color="gray">You</Badge> : null}
        </span>
      ),
    },
    {
      header: 'Role',
      width: '12rem',
      cell: ({ username, role }) =>
        canManage ? (
          <RoleSelect
            value={role}
            size="xs"
            ariaLabel={`Role of ${username}`}
            disabled={put.isPending}
            onChange={(next) => changeRole(username, next)}
          />
        ) : (
          roleLabel(role)
        ),
    },
    { header: 'Added', width: '10rem', cell: ({ addedAt }) => <RelativeTime value={addedAt} /> },
  ];
  if (canManage || members.some(({ username }) => username === self)) {
    columns.push({
      header: 'Actions',
      actions: true,
      cell: (member) =>
        member.username === self ? (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`Leave ${namespace}`}
            onClick={() => setLeaving(member)}
          >
            Leave
          </Button>
        ) : canManage ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${member.username}`}
            title="Remove"
            onClick={() => setLeaving(member)}
          >
            <IconUserMinus size={16} />
          </ActionIcon>
        ) : null,
    });
  }
  const isSelf = leaving?.username === self;
  const close = () => {
    setLeaving(undefined);
    remove.reset();
  };
  // Who has left sees no list any more by the time that the answer is here.
  const startRemoval = () =>
    leaving && void remove.mutateAsync(leaving.username).then(isSelf ? onLeft : close, () => undefined);
  return (
    <>
      <DataTable label="Members" columns={columns} rows={members} rowKey={(member) => member.username} />
      <ConfirmDialog
        opened={leaving !== undefined}
        title={isSelf ? `Leave ${namespace}` : 'Remove member'}
        action={isSelf ? 'Leave' : 'Remove member'}
        busy={remove.isPending}
        error={remove.error}
        onClose={close}
        onConfirm={startRemoval}
      >
        <strong>{isSelf ? 'You' : leaving?.username}</strong> {isSelf ? 'lose' : 'loses'} access to the private
        repositories of <strong>{namespace}</strong> at once, single rights in it too. Images that were pushed stay.
      </ConfirmDialog>
    </>
  );
}
