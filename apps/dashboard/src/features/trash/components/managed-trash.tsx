import { Stack, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { EmptyState } from '../../../components/ui/empty-state';
import { KeysetList } from '../../../components/ui/keyset-list';
import { Panel } from '../../../components/ui/panel';
import { managedTrashQuery, useManagedPurge, useManagedRestore } from '../api/managed-trash';
import { TrashList } from './trash-list';

const NEEDED = 'Say why first: it stands in the log of the namespace.';

/** The trash of a namespace as administrators see it: what they do is done for a reason, which the namespace's log has. */
export function ManagedTrash({ namespace }: { readonly namespace: string }) {
  const query = useInfiniteQuery(managedTrashQuery(namespace));
  const restoring = useManagedRestore(namespace);
  const purging = useManagedPurge(namespace);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const withReason = (act: (help: { id: string; reason: string }) => Promise<unknown>) => async (id: string) => {
    const given = reason.trim();
    if (given === '') {
      setProblem(NEEDED);
      field.current?.focus();
      throw new Error(NEEDED);
    }
    return act({ id, reason: given });
  };
  return (
    <Stack gap="md">
      <Panel title="Why you do this">
        <TextInput
          ref={field}
          label="Reason"
          description="Everybody who may read the log of the namespace sees it, with your name."
          placeholder="Ticket 4711: deleted by mistake"
          maxLength={500}
          value={reason}
          error={problem}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            setProblem(undefined);
          }}
        />
      </Panel>
      <Panel flush title="Trash">
        <KeysetList
          query={query}
          rows={4}
          empty={<EmptyState title="The trash is empty">Nothing in this namespace waits to be restored.</EmptyState>}
        >
          {(entries) => (
            <TrashList
              label="Trash"
              entries={entries}
              restore={withReason(restoring.mutateAsync)}
              purge={withReason(purging.mutateAsync)}
            />
          )}
        </KeysetList>
      </Panel>
    </Stack>
  );
}
