import { Anchor, Button } from '@mantine/core';
import type { StartedRun, TrashEntry } from '@stowage/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ByteSize } from '../../../components/ui/byte-size';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { RelativeTime } from '../../../components/ui/relative-time';
import { READING_MS, RunStarted } from '../../../components/ui/run-started';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { targetOf, whatOf } from './entry-words';
import classes from './trash.module.css';

interface TrashListProps {
  readonly label: string;
  readonly entries: readonly TrashEntry[];
  readonly restore: (id: string) => Promise<unknown>;
  /** Of all that one run has deleted. */
  readonly restoreRun?: ((run: string) => Promise<StartedRun>) | undefined;
  /** Undefined for those who may not. */
  readonly purge?: ((id: string) => Promise<unknown>) | undefined;
}

/** What was deleted, until when it can come back, and the two ways it can go. */
export function TrashList({ label, entries, restore, restoreRun, purge }: TrashListProps) {
  const [ending, setEnding] = useState<TrashEntry>();
  const returning = useMutation({ mutationFn: restore });
  const purging = useMutation({ mutationFn: async (id: string) => purge?.(id) });
  const bringBack = (entry: TrashEntry) => {
    returning.mutate(entry.id, {
      onSuccess: () => notify({ message: `${targetOf(entry)} is back.` }),
      onError: (error) =>
        notify({
          color: 'red',
          title: `${targetOf(entry)} did not come back`,
          message: messageOf(error),
          autoClose: false,
        }),
    });
  };
  const bringAllBack = ({ run, namespace }: TrashEntry) => {
    if (run === null || !restoreRun) return;
    restoreRun(run).then(
      ({ id }) =>
        notify({
          autoClose: READING_MS,
          message: (
            <RunStarted namespace={namespace} id={id}>
              All of it is being restored in the background.
            </RunStarted>
          ),
        }),
      (error: unknown) => notify({ color: 'red', title: 'It did not come back', message: messageOf(error) }),
    );
  };
  const columns: Column<TrashEntry>[] = [
    {
      header: 'What',
      primary: true,
      cell: (entry) => (
        <span className={classes.name}>
          <strong>{targetOf(entry)}</strong>
          <span className={classes.what}>{whatOf(entry)}</span>
          {entry.run !== null && restoreRun ? (
            <span className={classes.what}>
              Deleted with others.{' '}
              <Anchor component="button" type="button" fz="inherit" onClick={() => bringAllBack(entry)}>
                Restore all of them
              </Anchor>
            </span>
          ) : null}
        </span>
      ),
    },
    { header: 'Size', align: 'end', width: '6.5rem', cell: ({ sizeBytes }) => <ByteSize bytes={sizeBytes} /> },
    {
      header: 'Deleted',
      width: '10rem',
      cell: ({ deletedAt, deletedBy }) => (
        <span className={classes.name}>
          <RelativeTime value={deletedAt} />
          {deletedBy ? <span className={classes.what}>by {deletedBy}</span> : null}
        </span>
      ),
    },
    { header: 'Gone for good', width: '9rem', cell: ({ purgeAfter }) => <RelativeTime value={purgeAfter} /> },
    {
      // Two buttons: on a phone they need a line of their own.
      header: 'Actions',
      align: 'end',
      width: '13rem',
      cell: (entry) => (
        <span className={classes.actions}>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Restore ${targetOf(entry)}`}
            loading={returning.isPending && returning.variables === entry.id}
            onClick={() => bringBack(entry)}
          >
            Restore
          </Button>
          {purge ? (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              aria-label={`Purge now: ${targetOf(entry)}`}
              onClick={() => setEnding(entry)}
            >
              Purge now
            </Button>
          ) : null}
        </span>
      ),
    },
  ];
  const close = () => {
    setEnding(undefined);
    purging.reset();
  };
  return (
    <>
      <DataTable label={label} columns={columns} rows={entries} rowKey={({ id }) => id} />
      <ConfirmDialog
        opened={ending !== undefined}
        title="Purge now"
        action="Purge for good"
        busy={purging.isPending}
        error={purging.error}
        onClose={close}
        onConfirm={() => ending && purging.mutate(ending.id, { onSuccess: close })}
      >
        Nobody can bring <strong>{ending ? targetOf(ending) : ''}</strong> back after that. What only it needs leaves
        the quota at once, and the disk within seconds.
      </ConfirmDialog>
    </>
  );
}
