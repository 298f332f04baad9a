import { Button, Text } from '@mantine/core';
import type { AccessToken } from '@stowage/contracts';
import { useState } from 'react';
import { GrantChips } from '../../../components/grants/grant-chips';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { RelativeTime } from '../../../components/ui/relative-time';
import { RevokeTokenDialog } from './revoke-token-dialog';
import { TokenExpiry } from './token-expiry';
import classes from './tokens.module.css';

const COLUMNS: readonly Column<AccessToken>[] = [
  {
    header: 'Token',
    primary: true,
    cell: ({ name, hint }) => (
      <div className={classes.token}>
        <span className={classes.name}>{name}</span>
        <code className={classes.hint}>{hint}…</code>
      </div>
    ),
  },
  { header: 'Access', cell: ({ grants }) => (grants ? <GrantChips grants={grants} /> : 'Everything you may do') },
  { header: 'Created', width: '8rem', cell: ({ createdAt }) => <RelativeTime value={createdAt} /> },
  {
    header: 'Last used',
    width: '8rem',
    cell: ({ lastUsedAt, lastUsedAddress }) =>
      lastUsedAt ? (
        <div className={classes.used}>
          <RelativeTime value={lastUsedAt} />
          {lastUsedAddress ? <span className={classes.hint}>from {lastUsedAddress}</span> : null}
        </div>
      ) : (
        <Text span fz="sm" c="dimmed">
          Never
        </Text>
      ),
  },
  { header: 'Expires', width: '8rem', cell: ({ expiresAt }) => <TokenExpiry expiresAt={expiresAt} /> },
];

export function TokenList({ tokens }: { readonly tokens: readonly AccessToken[] }) {
  const [revoking, setRevoking] = useState<AccessToken>();
  const columns: Column<AccessToken>[] = [
    ...COLUMNS,
    {
      header: 'Actions',
      actions: true,
      cell: (token) => (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={`Revoke ${token.name}`}
          onClick={() => setRevoking(token)}
        >
          Revoke
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable label="Access tokens" columns={columns} rows={tokens} rowKey={(token) => token.id} />
      <RevokeTokenDialog token={revoking} onClose={() => setRevoking(undefined)} />
    </>
  );
}
