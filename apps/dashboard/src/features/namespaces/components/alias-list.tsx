import { Button, Code } from '@mantine/core';
import type { Alias } from '@stowage/contracts';
import { useState } from 'react';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { useGiveUpAlias } from '../api/moves';

interface AliasListProps {
  readonly namespace: string;
  readonly aliases: readonly Alias[];
}

const LEADS_TO = { namespace: 'This namespace', repository: 'A repository that was transferred' } as const;

/** Old names that still work. */
export function AliasList({ namespace, aliases }: AliasListProps) {
  const [ending, setEnding] = useState<Alias>();
  const giveUp = useGiveUpAlias(namespace);
  const columns: readonly Column<Alias>[] = [
    { header: 'Old name', primary: true, cell: ({ name }) => <Code>{name}</Code> },
    { header: 'Leads to', cell: ({ kind }) => LEADS_TO[kind] },
    {
      header: 'Actions',
      actions: true,
      cell: (alias) => (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={`Give up ${alias.name}`}
          onClick={() => setEnding(alias)}
        >
          Give up
        </Button>
      ),
    },
  ];
  const close = () => {
    setEnding(undefined);
    giveUp.reset();
  };
  return (
    <>
      <DataTable label="Old names" columns={columns} rows={aliases} rowKey={({ name }) => name} />
      <ConfirmDialog
        opened={ending !== undefined}
        title="Give up the old name"
        action="Give up"
        busy={giveUp.isPending}
        error={giveUp.error}
        onClose={close}
        onConfirm={() => ending && giveUp.mutate(ending.name, { onSuccess: close })}
      >
        Pulls and pushes by <strong>{ending?.name}</strong> fail from then on.{' '}
        {ending?.kind === 'namespace'
          ? 'Nobody can take the name for 90 days; after that anybody can.'
          : 'A new repository can have the name at once.'}
      </ConfirmDialog>
    </>
  );
}
