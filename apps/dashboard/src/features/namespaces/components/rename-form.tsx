import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { renameNamespaceSchema } from '@stowage/contracts';
import { useState } from 'react';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { isApiError } from '../../../lib/api/api-error';
import { showProblem, validateWith } from '../../../lib/form';
import { useRenameNamespace } from '../api/moves';

interface RenameFormProps {
  readonly namespace: string;
  readonly onRenamed: (name: string) => Promise<void>;
}

export function RenameForm({ namespace, onRenamed }: RenameFormProps) {
  const rename = useRenameNamespace(namespace, onRenamed);
  const [isAsking, setAsking] = useState(false);
  const form = useForm({ initialValues: { name: namespace }, validate: validateWith(renameNamespaceSchema) });
  const name = form.values.name.trim();
  const start = () =>
    rename.mutate(name, {
      onError: (error) => {
        if (!isApiError(error) || !error.problem?.errors?.length) return;
        showProblem(form, error);
        setAsking(false);
      },
    });
  return (
    <form onSubmit={form.onSubmit(() => setAsking(true))} noValidate aria-label="Rename namespace">
      <Stack gap="md" maw={560}>
        <Text c="dimmed">
          Pulls and pushes by the old name go on: it leads here until you give it up, and nobody else can have it.
        </Text>
        <TextInput
          label="Name"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('name')}
        />
        <Group>
          <Button type="submit" variant="default" disabled={name === namespace}>
            Rename…
          </Button>
        </Group>
      </Stack>
      <ConfirmDialog
        opened={isAsking}
        title={`Rename to ${name}`}
        action="Rename"
        color="petrol"
        busy={rename.isPending}
        error={rename.error}
        onClose={() => {
          setAsking(false);
          rename.reset();
        }}
        onConfirm={start}
      >
        Every repository is <strong>{name}/…</strong> from now on. What is limited to <strong>{namespace}/…</strong>,
        like access tokens, follows.
      </ConfirmDialog>
    </form>
  );
}
