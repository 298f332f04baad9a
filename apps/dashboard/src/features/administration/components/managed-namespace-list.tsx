import { Button } from '@mantine/core';
import type { ManagedNamespace } from '@stowage/contracts';
import { useState } from 'react';
import { ByteSize } from '../../../components/ui/byte-size';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { ButtonLink } from '../../../components/ui/link';
import { NameTile } from '../../../components/ui/name-tile';
import { RelativeTime } from '../../../components/ui/relative-time';
import classes from './administration.module.css';
import { QuotaDialog } from './quota-dialog';
import { TakeOverDialog } from './take-over-dialog';

interface ManagedNamespaceListProps {
  readonly namespaces: readonly ManagedNamespace[];
  /** The administrator who looks at it. */
  readonly self: string;
}

export function ManagedNamespaceList({ namespaces, self }: ManagedNamespaceListProps) {
  const [chosen, setChosen] = useState<ManagedNamespace>();
  const [dialog, setDialog] = useState<'limits' | 'owner'>();
  const open = (namespace: ManagedNamespace, wanted: 'limits' | 'owner') => {
    setChosen(namespace);
    setDialog(wanted);
  };
  const close = () => setDialog(undefined);
  const columns: Column<ManagedNamespace>[] = [
    {
      header: 'Namespace',
      primary: true,
      cell: ({ name, kind, owners }) => (
        <span className={classes.user}>
          <NameTile name={name} size={32} />
          <span className={classes.names}>
            <span className={classes.name}>{name}</span>
            <span className={classes.email}>{kind === 'personal' ? 'Personal' : ownedBy(owners)}</span>
          </span>
        </span>
      ),
    },
    { header: 'Plan', width: '9rem', cell: (namespace) => <PlanOf {...namespace} /> },
    { header: 'Storage', width: '15rem', cell: (namespace) => <Storage {...namespace} /> },
    {
      header: 'Repositories',
      width: '7rem',
      align: 'end',
      cell: ({ repositoryCount }) => repositoryCount.toLocaleString(),
    },
    { header: 'Members', width: '6rem', align: 'end', cell: ({ memberCount }) => memberCount.toLocaleString() },
    { header: 'Created', width: '8rem', cell: ({ createdAt }) => <RelativeTime value={createdAt} /> },
    {
      header: 'Actions',
      actions: true,
      cell: (namespace) => (
        <>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`Change limits of ${namespace.name}`}
            onClick={() => open(namespace, 'limits')}
          >
            Change limits
          </Button>
          <ButtonLink
            size="compact-sm"
            variant="subtle"
            color="gray"
            to="/admin/namespaces/$namespace/trash"
            params={{ namespace: namespace.name }}
            aria-label={`Trash of ${namespace.name}`}
          >
            Trash
          </ButtonLink>
          {namespace.kind === 'personal' ? null : (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              aria-label={`New owner of ${namespace.name}`}
              onClick={() => open(namespace, 'owner')}
            >
              New owner
            </Button>
          )}
        </>
      ),
    },
  ];
  return (
    <>
      <DataTable label="Namespaces" columns={columns} rows={namespaces} rowKey={({ name }) => name} />
      <QuotaDialog opened={dialog === 'limits'} namespace={chosen} onClose={close} />
      <TakeOverDialog opened={dialog === 'owner'} namespace={chosen} self={self} onClose={close} />
    </>
  );
}

function ownedBy(owners: readonly string[]): string {
  return owners.length > 0 ? `Owned by ${owners.join(', ')}` : 'Nobody owns it';
}

function PlanOf({ plan, ownLimits }: ManagedNamespace) {
  return (
    <span className={classes.names}>
      <span>{plan}</span>
      {ownLimits.length > 0 ? (
        <span className={classes.email}>
          {ownLimits.length} own {ownLimits.length === 1 ? 'limit' : 'limits'}
        </span>
      ) : null}
    </span>
  );
}

/** From here on those who push are warned. */
const NEARLY_FULL = 0.8;

function Storage({ usedBytes, limitBytes, name }: ManagedNamespace) {
  if (limitBytes === null) return <ByteSize bytes={usedBytes} />;
  const share = limitBytes > 0 ? usedBytes / limitBytes : 1;
  const state = share >= 1 ? 'full' : share >= NEARLY_FULL ? 'nearly' : 'fine';
  return (
    <span className={classes.storage} data-state={state}>
      <span>
        <ByteSize bytes={usedBytes} /> <span className={classes.email}>of</span> <ByteSize bytes={limitBytes} />
        {state === 'full' ? <span className={classes.full}> – full</span> : null}
      </span>
      <span
        className={classes.track}
        role="meter"
        aria-label={`Storage of ${name}`}
        aria-valuemin={0}
        aria-valuemax={limitBytes}
        aria-valuenow={Math.min(usedBytes, limitBytes)}
      >
        <span style={{ width: `${Math.min(share, 1) * 100}%` }} />
      </span>
    </span>
  );
}
