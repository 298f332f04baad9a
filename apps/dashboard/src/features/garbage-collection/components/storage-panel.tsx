import { Alert, Button } from '@mantine/core';
import { IconStethoscope } from '@tabler/icons-react';
import type { StorageFindings } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { ByteSize } from '../../../components/ui/byte-size';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { DigestText } from '../../../components/ui/digest-text';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { Panel } from '../../../components/ui/panel';
import { RelativeTime } from '../../../components/ui/relative-time';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { storageFindingsQuery, useStartStorageCheck } from '../api/collection';
import classes from './collection.module.css';

type Finding = StorageFindings['items'][number];

const KINDS = {
  missing: 'Lost: no bytes',
  damaged: 'Damaged: other bytes',
  stray: 'Stray: no row',
} as const;

const columns: Column<Finding>[] = [
  { header: 'Digest', primary: true, cell: ({ digest }) => <DigestText digest={digest} /> },
  { header: 'What', width: '12rem', cell: ({ kind }) => KINDS[kind] },
  { header: 'Size', width: '8rem', align: 'end', cell: ({ size }) => <ByteSize bytes={size} /> },
  { header: 'First seen', width: '9rem', cell: ({ firstSeen }) => <RelativeTime value={firstSeen} /> },
];

/** Whether storage holds what the rows say; a check runs once a day. */
export function StoragePanel() {
  const query = useQuery(storageFindingsQuery);
  return (
    <Panel flush title="Storage" aside={<CheckButton />}>
      {query.isPending ? (
        <ListSkeleton rows={1} />
      ) : query.data ? (
        <Found found={query.data} />
      ) : (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
    </Panel>
  );
}

function Found({ found: { missing, damaged, items } }: { readonly found: StorageFindings }) {
  if (items.length === 0) {
    return (
      <p className={classes.note}>
        No check has found a blob without its bytes or an object without a row. One runs every day.
      </p>
    );
  }
  return (
    <>
      {missing + damaged > 0 ? (
        <Alert color="red" radius={0} title={`${missing + damaged} blobs can’t be pulled`}>
          Pushing an image that needs them again brings their bytes back; `docker push` sends what is not there.
        </Alert>
      ) : null}
      <DataTable label="Findings" columns={columns} rows={items} rowKey={({ digest, kind }) => `${digest} ${kind}`} />
    </>
  );
}

function CheckButton() {
  const start = useStartStorageCheck();
  const check = () =>
    start.mutate(undefined, {
      onSuccess: () => notify({ message: 'The check has begun. What it finds stands here.' }),
      onError: (error) => notify({ color: 'red', title: 'It did not start', message: messageOf(error) }),
    });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconStethoscope size={14} />}
      loading={start.isPending}
      onClick={check}
    >
      Check now
    </Button>
  );
}
