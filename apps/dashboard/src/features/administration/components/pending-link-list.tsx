import { Badge, Button } from '@mantine/core';
import type { PendingLink } from '@stowage/contracts';
import { useState } from 'react';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { RelativeTime } from '../../../components/ui/relative-time';
import classes from './administration.module.css';
import { RevealLinkDialog } from './reveal-link-dialog';

const LETTERS: Readonly<Record<string, string>> = {
  'verify-address': 'Confirm address',
  'change-address': 'Change address',
  'reset-password': 'New password',
  'sign-up-invitation': 'Invitation to sign up',
  'namespace-invitation': 'Invitation to a namespace',
};

export function PendingLinkList({ links }: { readonly links: readonly PendingLink[] }) {
  const [shown, setShown] = useState<PendingLink>();
  const columns: Column<PendingLink>[] = [
    {
      header: 'For',
      primary: true,
      cell: ({ recipient, username }) => (
        <span className={`${classes.names} ${classes.recipient}`}>
          <span className={classes.name}>{recipient}</span>
          {username ? <span className={classes.email}>{username}</span> : null}
        </span>
      ),
    },
    { header: 'What', width: '13rem', cell: ({ letter }) => LETTERS[letter] ?? letter },
    { header: 'Since', width: '9rem', cell: ({ createdAt }) => <RelativeTime value={createdAt} /> },
    { header: 'Until', width: '9rem', cell: ({ expiresAt }) => <RelativeTime value={expiresAt} /> },
    { header: 'Mail', width: '9rem', cell: (link) => <Delivery link={link} /> },
    {
      header: 'Actions',
      actions: true,
      cell: (link) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Show link for ${link.recipient}`}
          onClick={() => setShown(link)}
        >
          Show link
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable label="Pending links" columns={columns} rows={links} rowKey={({ id }) => id} />
      <RevealLinkDialog link={shown} onClose={() => setShown(undefined)} />
    </>
  );
}

function Delivery({ link: { attempts, failure } }: { readonly link: PendingLink }) {
  if (failure !== null) {
    return (
      <Badge color="red" title={`The mail server was tried ${attempts} times`}>
        Failed: {failure}
      </Badge>
    );
  }
  return <span className={classes.email}>Not sent</span>;
}
