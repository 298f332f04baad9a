import { Badge, Button } from '@mantine/core';
import type { TagEvent } from '@stowage/contracts';
import { useState } from 'react';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { DigestText } from '../../../components/ui/digest-text';
import { RelativeTime } from '../../../components/ui/relative-time';
import { notify } from '../../../lib/notify';
import { type TagRef, useRestoreTag } from '../api/trash';
import classes from './trash.module.css';

interface TagHistoryListProps {
  readonly tag: TagRef;
  readonly events: readonly TagEvent[];
  /** What the tag is now; undefined when it is deleted. */
  readonly current: string | undefined;
  readonly canRestore: boolean;
}

const WORDS = { created: 'Created', moved: 'Moved', deleted: 'Deleted' } as const;

export function TagHistoryList({ tag, events, current, canRestore }: TagHistoryListProps) {
  const [chosen, setChosen] = useState<TagEvent>();
  const restore = useRestoreTag(tag);
  const columns: Column<TagEvent>[] = [
    {
      header: 'Change',
      primary: true,
      cell: ({ kind, at, by }) => (
        <span className={classes.name}>
          <strong>{WORDS[kind]}</strong>
          <span className={classes.what}>
            <RelativeTime value={at} />
            {by ? ` by ${by}` : ''}
          </span>
        </span>
      ),
    },
    {
      header: 'Image since then',
      cell: ({ digest }) =>
        digest === null ? <span className={classes.what}>none</span> : <DigestText digest={digest} />,
    },
    { header: 'Kept until', cell: (event) => <Kept event={event} isCurrent={event.digest === current} /> },
  ];
  if (canRestore)
    columns.push({
      header: 'Actions',
      actions: true,
      cell: (event) =>
        event.restorable && event.digest !== current ? (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Restore to ${event.digest}`}
            onClick={() => setChosen(event)}
          >
            Restore
          </Button>
        ) : null,
    });
  const close = () => {
    setChosen(undefined);
    restore.reset();
  };
  const confirm = () => {
    if (!chosen?.digest) return;
    restore.mutate(chosen.digest, {
      onSuccess: () => {
        notify({ message: `${tag.tag} is what it was.` });
        close();
      },
    });
  };
  return (
    <>
      <DataTable label="Tag history" columns={columns} rows={events} rowKey={({ id }) => id} />
      <ConfirmDialog
        opened={chosen !== undefined}
        title="Restore tag"
        action="Restore tag"
        color="petrol"
        busy={restore.isPending}
        error={restore.error}
        onClose={close}
        onConfirm={confirm}
      >
        <strong>{tag.tag}</strong> points at <DigestText digest={chosen?.digest ?? ''} /> again. Who pulls it from then
        on gets that image; what it is now stays in the history.
      </ConfirmDialog>
    </>
  );
}

function Kept({ event, isCurrent }: { readonly event: TagEvent; readonly isCurrent: boolean }) {
  if (event.digest === null) return null;
  if (isCurrent) return <Badge>Now</Badge>;
  if (!event.restorable) return <span className={classes.what}>gone</span>;
  if (event.keptUntil === null) return <span className={classes.what}>as long as it is needed</span>;
  return <RelativeTime value={event.keptUntil} />;
}
