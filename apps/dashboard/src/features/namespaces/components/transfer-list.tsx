import { Button, Code, Group } from '@mantine/core';
import type { Transfer } from '@stowage/contracts';
import { ByteSize } from '../../../components/ui/byte-size';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { FormProblem } from '../../../components/ui/form-problem';
import { RelativeTime } from '../../../components/ui/relative-time';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useAcceptTransfer, useEndTransfer } from '../api/moves';
import classes from './members.module.css';

interface TransferListProps {
  readonly namespace: string;
  readonly transfers: readonly Transfer[];
}

/** Repositories on their way: those that are offered here can be accepted, the others be taken back. */
export function TransferList({ namespace, transfers }: TransferListProps) {
  const accept = useAcceptTransfer(namespace);
  const end = useEndTransfer(namespace);
  const isBusy = accept.isPending || end.isPending;
  // The list may be gone by the time that the answer is here.
  const start = (id: string, repository: string) =>
    accept.mutateAsync(id).then(
      () => notify({ message: `${repository} is in ${namespace} now.` }),
      () => undefined,
    );
  const columns: readonly Column<Transfer>[] = [
    { header: 'Repository', primary: true, cell: ({ repository }) => <Code>{repository}</Code> },
    { header: 'To', cell: ({ to }) => (to === namespace ? 'This namespace' : to) },
    { header: 'By', cell: ({ requestedBy }) => requestedBy ?? 'Somebody who is gone' },
    { header: 'Needs', cell: ({ sizeBytes }) => <ByteSize bytes={sizeBytes} /> },
    { header: 'Offer ends', cell: ({ expiresAt }) => <RelativeTime value={expiresAt} /> },
    {
      header: 'Answer',
      cell: ({ id, to, repository }) => (
        <Group gap="xs" wrap="nowrap" className={classes.answer ?? ''}>
          {to === namespace ? (
            <Button
              size="compact-sm"
              disabled={isBusy}
              aria-label={`Accept ${repository}`}
              onClick={() => void start(id, repository)}
            >
              Accept
            </Button>
          ) : null}
          <Button
            size="compact-sm"
            variant="default"
            disabled={isBusy}
            aria-label={`${to === namespace ? 'Decline' : 'Take back'} ${repository}`}
            onClick={() => end.mutate(id)}
          >
            {to === namespace ? 'Decline' : 'Take back'}
          </Button>
        </Group>
      ),
    },
  ];
  const error = accept.error ?? end.error;
  return (
    <>
      <FormProblem text={error && messageOf(error)} m="md" />
      <DataTable label="Transfers" columns={columns} rows={transfers} rowKey={({ id }) => id} />
    </>
  );
}
