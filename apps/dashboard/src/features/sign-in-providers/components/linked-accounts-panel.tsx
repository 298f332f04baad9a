import { Button, Group, Text } from '@mantine/core';
import type { ExternalIdentity, SignInProvider } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { Panel } from '../../../components/ui/panel';
import { RelativeTime } from '../../../components/ui/relative-time';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { identitiesQuery, signInProvidersQuery, useLinkIdentity, useUnlinkIdentity } from '../api/sign-in-providers';

/** The services that sign the person in; nothing where the operator has set up none. */
export function LinkedAccountsPanel() {
  const { data: providers } = useQuery(signInProvidersQuery);
  const { data: identities } = useQuery(identitiesQuery);
  const [leaving, setLeaving] = useState<ExternalIdentity>();
  const unlink = useUnlinkIdentity();
  if (!providers || !identities || (providers.items.length === 0 && identities.items.length === 0)) return null;
  const nameOf = (id: string) => providers.items.find((one) => one.id === id)?.name ?? id;
  const columns: Column<ExternalIdentity>[] = [
    { header: 'Service', primary: true, cell: ({ provider }) => nameOf(provider) },
    { header: 'Account there', cell: ({ name }) => name ?? '–' },
    { header: 'Linked', width: '9rem', cell: ({ createdAt }) => <RelativeTime value={createdAt} /> },
    {
      header: 'Last used',
      width: '9rem',
      cell: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime value={lastUsedAt} /> : 'Never'),
    },
    {
      header: 'Actions',
      actions: true,
      cell: (identity) => (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={`Unlink ${nameOf(identity.provider)}`}
          onClick={() => setLeaving(identity)}
        >
          Unlink
        </Button>
      ),
    },
  ];
  const close = () => {
    unlink.reset();
    setLeaving(undefined);
  };
  const confirm = () => {
    if (!leaving) return;
    unlink.mutate(leaving.id, {
      onSuccess: () => {
        notify({ message: `${nameOf(leaving.provider)} no longer signs you in.` });
        close();
      },
    });
  };
  return (
    <Panel flush title="Linked accounts" aside={<LinkButtons providers={providers.items} />}>
      {identities.items.length === 0 ? (
        <Text fz="sm" c="dimmed" p="lg">
          Link an account that you have elsewhere, and sign in with it instead of your password.
        </Text>
      ) : (
        <DataTable label="Linked accounts" columns={columns} rows={identities.items} rowKey={({ id }) => id} />
      )}
      <ConfirmDialog
        opened={leaving !== undefined}
        title="Unlink account"
        action="Unlink"
        busy={unlink.isPending}
        error={unlink.error}
        onConfirm={confirm}
        onClose={close}
      >
        You can’t sign in with {nameOf(leaving?.provider ?? '')} after this. Make sure that you know your password, or
        can ask for a new one by e-mail.
      </ConfirmDialog>
    </Panel>
  );
}

function LinkButtons({ providers }: { readonly providers: readonly SignInProvider[] }) {
  const link = useLinkIdentity();
  return (
    <Group gap="xs">
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          variant="default"
          size="xs"
          disabled={link.isPending || link.isSuccess}
          onClick={() => link.mutate(id, { onError: (error) => notify({ message: messageOf(error), color: 'red' }) })}
        >
          Link {name}
        </Button>
      ))}
    </Group>
  );
}
