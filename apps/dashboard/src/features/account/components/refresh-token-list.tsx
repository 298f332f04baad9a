import { Button } from '@mantine/core';
import type { RefreshToken } from '@stowage/contracts';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { RelativeTime } from '../../../components/ui/relative-time';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useEndRefreshToken } from '../api/refresh-tokens';
import classes from './account.module.css';

export function RefreshTokenList({ tokens }: { readonly tokens: readonly RefreshToken[] }) {
  const end = useEndRefreshToken();
  const columns: Column<RefreshToken>[] = [
    {
      header: 'Client',
      primary: true,
      cell: ({ client }) => <span className={classes.agent}>{client || 'Unnamed'}</span>,
    },
    { header: 'Signed in with', cell: ({ accessToken }) => accessToken ?? 'Password' },
    { header: 'From', width: '12rem', cell: ({ lastUsedAddress }) => lastUsedAddress ?? '–' },
    { header: 'Last used', width: '9rem', cell: ({ lastUsedAt }) => <RelativeTime value={lastUsedAt} /> },
    {
      header: 'Actions',
      actions: true,
      cell: ({ id, client }) => (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={`Sign out ${client}`}
          disabled={end.isPending}
          onClick={() =>
            end.mutate(id, {
              onSuccess: () => notify({ message: 'The client is signed out.' }),
              onError: (error) => notify({ color: 'red', title: 'It is still signed in', message: messageOf(error) }),
            })
          }
        >
          Sign out
        </Button>
      ),
    },
  ];
  return <DataTable label="Clients that stay signed in" columns={columns} rows={tokens} rowKey={({ id }) => id} />;
}
