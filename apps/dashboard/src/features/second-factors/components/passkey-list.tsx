import { Badge, Button } from '@mantine/core';
import type { Passkey } from '@stowage/contracts';
import { useState } from 'react';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { RelativeTime } from '../../../components/ui/relative-time';
import { notify } from '../../../lib/notify';
import { useRemovePasskey } from '../api/passkeys';
import { RenamePasskeyDialog } from './rename-passkey-dialog';
import classes from './second-factors.module.css';

export function PasskeyList({ passkeys }: { readonly passkeys: readonly Passkey[] }) {
  const remove = useRemovePasskey();
  const [removing, setRemoving] = useState<Passkey>();
  const [renaming, setRenaming] = useState<Passkey>();
  const close = () => {
    remove.reset();
    setRemoving(undefined);
  };
  const confirm = () =>
    removing &&
    remove.mutate(removing.id, {
      onSuccess: () => {
        notify({ message: `${removing.name} does not sign in any more.` });
        close();
      },
    });
  const columns: Column<Passkey>[] = [
    {
      header: 'Passkey',
      primary: true,
      cell: ({ name, isSynced }) => (
        <span className={classes.name}>
          {name}
          {isSynced ? <Badge color="gray">Synced</Badge> : null}
        </span>
      ),
    },
    { header: 'Added', width: '9rem', cell: ({ createdAt }) => <RelativeTime value={createdAt} /> },
    {
      header: 'Last used',
      width: '9rem',
      cell: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime value={lastUsedAt} /> : 'Never'),
    },
    {
      header: 'Actions',
      actions: true,
      cell: (passkey) => (
        <>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`Rename ${passkey.name}`}
            onClick={() => setRenaming(passkey)}
          >
            Rename
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`Remove ${passkey.name}`}
            onClick={() => setRemoving(passkey)}
          >
            Remove
          </Button>
        </>
      ),
    },
  ];
  return (
    <div className={classes.list}>
      <DataTable label="Passkeys" columns={columns} rows={passkeys} rowKey={({ id }) => id} />
      <RenamePasskeyDialog opened={renaming !== undefined} passkey={renaming} onClose={() => setRenaming(undefined)} />
      <ConfirmDialog
        opened={removing !== undefined}
        title="Remove passkey"
        action="Remove passkey"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={confirm}
        onClose={close}
      >
        <strong>{removing?.name}</strong> does not sign in any more. Your device may still offer it: delete it there
        too.
      </ConfirmDialog>
    </div>
  );
}
