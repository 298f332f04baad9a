import { Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { createNamespaceSchema, namespaceNameSchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { useRegistryHost } from '../../../lib/api/server-info';
import { showProblem, validateWith } from '../../../lib/form';
import { useCreateNamespace } from '../api/create-namespace';

interface CreateNamespaceDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onCreated: (name: string) => void;
}

export function CreateNamespaceDialog({ opened, onClose, onCreated }: CreateNamespaceDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New namespace">
      <CreateNamespaceForm onClose={onClose} onCreated={onCreated} />
    </Modal>
  );
}

function CreateNamespaceForm({ onClose, onCreated }: Omit<CreateNamespaceDialogProps, 'opened'>) {
  const host = useRegistryHost();
  const create = useCreateNamespace();
  const [problem, setProblem] = useState<string>();
  const form = useForm({
    initialValues: { name: '', displayName: '' },
    validate: validateWith(createNamespaceSchema),
    validateInputOnChange: ['name'],
  });
  const submit = form.onSubmit(({ name, displayName }) =>
    create.mutate(
      { name: name.trim(), ...(displayName.trim() ? { displayName: displayName.trim() } : {}) },
      { onSuccess: (namespace) => onCreated(namespace.name), onError: (error) => setProblem(showProblem(form, error)) },
    ),
  );
  const shown = namespaceNameSchema.safeParse(form.values.name).success ? form.values.name.trim() : 'name';
  return (
    <form onSubmit={submit} noValidate aria-label="New namespace">
      <Stack gap="md">
        <Text c="dimmed">A namespace holds a team’s repositories, its members and one storage quota.</Text>
        <FormProblem text={problem} />
        <TextInput
          label="Name"
          data-autofocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          description={
            <>
              Images will be <Code>{`${host}/${shown}/…`}</Code>
            </>
          }
          {...form.getInputProps('name')}
        />
        <TextInput
          label="Display name"
          description="Optional: how people read it"
          {...form.getInputProps('displayName')}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create namespace
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
