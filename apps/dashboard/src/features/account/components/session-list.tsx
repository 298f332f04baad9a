import { Badge, Button } from '@mantine/core';
import type { AccountSession } from '@stowage/contracts';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { RelativeTime } from '../../../components/ui/relative-time';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useEndSession } from '../api/account';
import classes from './account.module.css';
import { describeAgent } from './user-agent';

export function SessionList({ sessions }: { readonly sessions: readonly AccountSession[] }) {
  const end = useEndSession();
  const columns: Column<AccountSession>[] = [
    {
      header: 'Session',
      primary: true,
      cell: ({ userAgent, isCurrent }) => (
        <span className={classes.agent} title={userAgent ?? undefined}>
          {describeAgent(userAgent)}
          {isCurrent ? <Badge color="petrol">This one</Badge> : null}
        </span>
      ),
    },
    { header: 'From', width: '12rem', cell: ({ address }) => address ?? '–' },
    { header: 'Signed in', width: '9rem', cell: ({ createdAt }) => <RelativeTime value={createdAt} /> },
    { header: 'Last seen', width: '9rem', cell: ({ seenAt }) => <RelativeTime value={seenAt} /> },
    {
      header: 'Actions',
      actions: true,
      cell: ({ id, isCurrent, userAgent }) =>
        isCurrent ? null : (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`Sign out ${describeAgent(userAgent)}`}
            disabled={end.isPending}
            onClick={() =>
              end.mutate(id, {
                onSuccess: () => notify({ message: 'The session is signed out.' }),
                onError: (error) => notify({ color: 'red', title: 'It is still signed in', message: messageOf(error) }),
              })
            }
          >
            Sign out
          </Button>
        ),
    },
  ];
  return <DataTable label="Sessions" columns={columns} rows={sessions} rowKey={({ id }) => id} />;
}
