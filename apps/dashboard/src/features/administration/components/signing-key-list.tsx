import { Badge, Button } from '@mantine/core';
import type { SigningKey } from '@stowage/contracts';
import { useState } from 'react';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { RelativeTime } from '../../../components/ui/relative-time';
import classes from './administration.module.css';
import { RemoveSigningKeyDialog } from './remove-signing-key-dialog';

const STATES = {
  next: { label: 'Next', color: 'gray', about: 'Published, so that every verifier knows it before it signs' },
  signing: { label: 'Signing', color: 'petrol', about: 'Signs the tokens that are given out now' },
  verifying: { label: 'Verifying', color: 'gray', about: 'Signs nothing any more; what it has signed still counts' },
} as const;

export function SigningKeyList({ keys }: { readonly keys: readonly SigningKey[] }) {
  const [removing, setRemoving] = useState<SigningKey>();
  const columns: Column<SigningKey>[] = [
    {
      header: 'Key',
      primary: true,
      cell: ({ kid }) => (
        <code className={classes.kid} title={kid}>
          {kid.slice(0, 16)}…
        </code>
      ),
    },
    {
      header: 'State',
      width: '9rem',
      cell: ({ state }) => (
        <Badge color={STATES[state].color} title={STATES[state].about}>
          {STATES[state].label}
        </Badge>
      ),
    },
    { header: 'Signs from', width: '10rem', cell: ({ signsFrom }) => <RelativeTime value={signsFrom} /> },
    {
      header: 'Verifies until',
      width: '11rem',
      cell: ({ verifiesUntil }) =>
        verifiesUntil ? <RelativeTime value={verifiesUntil} /> : <span className={classes.email}>Not known yet</span>,
    },
    {
      header: 'Actions',
      actions: true,
      cell: (key) => (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={`Remove key ${key.kid.slice(0, 16)}`}
          onClick={() => setRemoving(key)}
        >
          Remove
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable label="Signing keys" columns={columns} rows={keys} rowKey={({ kid }) => kid} />
      <RemoveSigningKeyDialog signingKey={removing} onClose={() => setRemoving(undefined)} />
    </>
  );
}
