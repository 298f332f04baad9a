import { Badge, Group } from '@mantine/core';
import type { ManagedUser } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { NameTile } from '../../../components/ui/name-tile';
import { RelativeTime } from '../../../components/ui/relative-time';
import { serverInfoQuery } from '../../../lib/api/server-info';
import classes from './administration.module.css';
import { ActAsDialog } from './act-as-dialog';
import { ChangeUserDialog, type UserStep } from './change-user-dialog';
import { PasswordResetDialog, type ResetStep } from './password-reset-dialog';
import { ResetFactorsDialog } from './reset-factors-dialog';
import { UserActions } from './user-actions';

interface UserListProps {
  readonly users: readonly ManagedUser[];
  readonly self: string | undefined;
}

interface Chosen {
  readonly user: ManagedUser;
  readonly step: UserStep | 'act' | 'reset';
}

function changeOf(chosen: Chosen | undefined): { user: ManagedUser; step: UserStep } | undefined {
  if (!chosen || chosen.step === 'act' || chosen.step === 'reset') return undefined;
  return { user: chosen.user, step: chosen.step };
}

export function UserList({ users, self }: UserListProps) {
  const sendsMail = useQuery(serverInfoQuery).data?.sendsMail ?? false;
  const [reset, setReset] = useState<{ user: ManagedUser; delivery: ResetStep }>();
  const [step, setStep] = useState<Chosen>();
  const close = () => setStep(undefined);
  const columns: Column<ManagedUser>[] = [
    {
      header: 'User',
      primary: true,
      cell: ({ username, email, disabledAt }) => (
        <span className={classes.user} data-disabled={disabledAt ? '' : undefined}>
          <NameTile name={username} size={32} round />
          <span className={classes.names}>
            <span className={classes.name}>{username}</span>
            <span className={classes.email}>{email}</span>
          </span>
        </span>
      ),
    },
    { header: 'Standing', width: '13rem', cell: (user) => <Standing user={user} isSelf={user.username === self} /> },
    { header: 'Joined', width: '9rem', cell: ({ createdAt }) => <RelativeTime value={createdAt} /> },
    {
      header: 'Last used',
      width: '9rem',
      cell: ({ lastUsedAt }) =>
        lastUsedAt ? <RelativeTime value={lastUsedAt} /> : <span className={classes.email}>Never</span>,
    },
    {
      header: 'Actions',
      actions: true,
      cell: (user) =>
        user.username === self ? null : (
          <UserActions
            user={user}
            sendsMail={sendsMail}
            onChoose={(chosen) => setStep({ user, step: chosen })}
            onReset={(delivery) => setReset({ user, delivery })}
          />
        ),
    },
  ];
  return (
    <>
      <DataTable label="Users" columns={columns} rows={users} rowKey={({ id }) => id} />
      <PasswordResetDialog reset={reset} onClose={() => setReset(undefined)} />
      <ChangeUserDialog change={changeOf(step)} onClose={close} />
      <ResetFactorsDialog username={step?.step === 'reset' ? step.user.username : undefined} onClose={close} />
      <ActAsDialog username={step?.step === 'act' ? step.user.username : undefined} onClose={close} />
    </>
  );
}

function Standing({ user, isSelf }: { readonly user: ManagedUser; readonly isSelf: boolean }) {
  return (
    <Group gap={6}>
      {user.isAdmin ? <Badge color="petrol">Administrator</Badge> : null}
      {user.disabledAt ? <Badge color="red">Disabled</Badge> : null}
      {isSelf ? <Badge color="gray">You</Badge> : null}
      {user.isAdmin || user.disabledAt || isSelf ? null : 'Member'}
    </Group>
  );
}
