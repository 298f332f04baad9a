import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import type { DeletePreview } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../../../lib/api/api-error';
import type { Deletion } from '../api/deletion';
import { PreviewFacts } from './preview-facts';
import { notifyDeleted } from './undo';

interface DeleteFormProps {
  readonly deletion: Deletion;
  readonly action: string;
  readonly preview: DeletePreview;
  readonly onCancel: () => void;
  readonly onDeleted: () => void;
}

/** Much goes at once with these: their name has to be typed. */
const TYPED = new Set<Deletion['kind']>(['repository', 'namespace']);

export function DeleteForm({ deletion, action, preview, onCancel, onDeleted }: DeleteFormProps) {
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const remove = useMutation({ mutationFn: deletion.run });
  const mustType = TYPED.has(deletion.kind);
  const isBlocked = preview.neededBy.length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (mustType && typed.trim() !== deletion.target) {
      setProblem(`Type ${deletion.target}`);
      return;
    }
    remove.mutate(undefined, {
      onSuccess: (entryId) => {
        notifyDeleted(deletion, entryId, queryClient);
        onDeleted();
        // What it was is not asked for again: it would be told that it is gone.
        void queryClient.invalidateQueries({ refetchType: 'none' });
        for (const queryKey of deletion.beside) void queryClient.invalidateQueries({ queryKey });
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate aria-label={action}>
      <Stack gap="md">
        <PreviewFacts deletion={deletion} preview={preview} />
        {isBlocked ? (
          <Alert color="yellow" title="An index needs this image">
            {preview.neededBy.map((digest) => digest.slice(0, digest.indexOf(':') + 13)).join(', ')} would be broken
            without it. Delete the index first.
          </Alert>
        ) : null}
        {mustType ? (
          <TextInput
            label={`Type ${deletion.target} to go on`}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
            value={typed}
            error={problem}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setProblem(undefined);
            }}
          />
        ) : null}
        {remove.error ? (
          <Alert color="red" role="alert">
            {messageOf(remove.error)}
          </Alert>
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} data-autofocus={mustType ? undefined : true}>
            Cancel
          </Button>
          <Button type="submit" color="red.8" loading={remove.isPending} disabled={isBlocked}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
