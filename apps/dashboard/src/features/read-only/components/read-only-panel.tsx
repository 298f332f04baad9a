import { Button } from '@mantine/core';
import type { ReadOnlyMode } from '@stowage/contracts';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { EmptyState } from '../../../components/ui/empty-state';
import { lazyDialog } from '../../../components/ui/lazy-dialog';
import { Panel } from '../../../components/ui/panel';
import { RelativeTime } from '../../../components/ui/relative-time';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useEndReadOnly } from '../api/read-only';
import type { BeginModalProps } from './begin-modal';
import classes from './read-only.module.css';

const BeginDialog = lazyDialog<BeginModalProps>(async () => (await import('./begin-modal')).BeginModal);

/** What is read-only, and the switches. */
export function ReadOnlyPanel({ modes }: { readonly modes: readonly ReadOnlyMode[] }) {
  const [opening, setOpening] = useState<'registry' | 'namespace'>();
  const registry = modes.find(({ namespace }) => namespace === null);
  const end = useEndReadOnly();
  const finish = (namespace: string | null) =>
    end.mutate(namespace, {
      onSuccess: () => notify({ message: `${namespace ?? 'The registry'} takes pushes again.` }),
      onError: (error) => notify({ color: 'red', title: 'It is still read-only', message: messageOf(error) }),
    });
  const columns: Column<ReadOnlyMode>[] = [
    {
      header: 'What',
      primary: true,
      cell: ({ namespace, message }) => (
        <span className={classes.what}>
          <span className={classes.scope}>{namespace ?? 'The whole registry'}</span>
          <span className={classes.sub}>{message}</span>
        </span>
      ),
    },
    {
      header: 'Since',
      width: '12rem',
      cell: ({ since, setBy }) => (
        <span className={classes.what}>
          <RelativeTime value={since} />
          {setBy ? <span className={classes.sub}>by {setBy}</span> : null}
        </span>
      ),
    },
    {
      header: 'Actions',
      actions: true,
      cell: ({ namespace }) => (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconLockOpen size={14} />}
          aria-label={`End read-only mode of ${namespace ?? 'the registry'}`}
          loading={end.isPending && end.variables === namespace}
          onClick={() => finish(namespace)}
        >
          End
        </Button>
      ),
    },
  ];
  const buttons = (
    <Button.Group>
      <Button variant="default" size="xs" leftSection={<IconLock size={14} />} onClick={() => setOpening('registry')}>
        {registry ? 'Change the message' : 'The registry'}
      </Button>
      <Button variant="default" size="xs" onClick={() => setOpening('namespace')}>
        A namespace
      </Button>
    </Button.Group>
  );
  return (
    <Panel flush title="Read-only mode" aside={modes.length > 0 ? buttons : null}>
      {modes.length === 0 ? (
        <EmptyState title="Everything takes pushes" action={buttons}>
          Make the registry, or one namespace, read-only while its storage is moved or looked into.
        </EmptyState>
      ) : (
        <DataTable label="Read-only" columns={columns} rows={modes} rowKey={({ namespace }) => namespace ?? ''} />
      )}
      <BeginDialog
        key={opening ?? 'none'}
        opened={opening !== undefined}
        scope={opening ?? 'registry'}
        message={opening === 'registry' ? registry?.message : undefined}
        onClose={() => setOpening(undefined)}
      />
    </Panel>
  );
}
