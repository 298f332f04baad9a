import { Button, Code, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type CreateRepository, createRepositorySchema, type Visibility } from '@stowage/contracts';
import { isRepositoryName } from '@stowage/oci';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { useRegistryHost } from '../../../lib/api/server-info';
import { showProblem, validateWith } from '../../../lib/form';
import { useCreateRepository } from '../api/change-repository';
import { VisibilityField } from '../../../components/ui/visibility-field';

type FormValues = { [key in keyof CreateRepository]-?: NonNullable<CreateRepository[key]> };

interface CreateRepositoryDialogProps {
  readonly namespace: string;
  readonly defaultVisibility: Visibility;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onCreated: (name: string) => void;
}

export function CreateRepositoryDialog({ opened, onClose, ...form }: CreateRepositoryDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New repository">
      <CreateRepositoryForm {...form} onClose={onClose} />
    </Modal>
  );
}

function CreateRepositoryForm(props: Omit<CreateRepositoryDialogProps, 'opened'>) {
  const { namespace, defaultVisibility, onClose, onCreated } = props;
  const host = useRegistryHost();
  const create = useCreateRepository(namespace);
  const [problem, setProblem] = useState<string>();
  // The grammar is that of the whole name, so it is checked with the namespace in front.
  const schema = createRepositorySchema.refine(({ name }) => isRepositoryName(`${namespace}/${name}`), {
    path: ['name'],
    message: 'lower-case letters and digits, with ".", "_" or "-" between; "/" makes levels',
  });
  const form = useForm<FormValues>({
    initialValues: { name: '', description: '', visibility: defaultVisibility },
    validate: validateWith(schema),
    validateInputOnChange: ['name'],
  });
  const submit = form.onSubmit((values) =>
    create.mutate(values, {
      onSuccess: (repository) => onCreated(repository.name),
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="New repository">
      <Stack gap="md">
        <FormProblem text={problem} />
        <TextInput
          label="Name"
          data-autofocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          description={<Code>{`${host}/${namespace}/${form.values.name || 'name'}`}</Code>}
          {...form.getInputProps('name')}
        />
        <TextInput label="Description" description="Optional" {...form.getInputProps('description')} />
        <VisibilityField
          value={form.values.visibility}
          onChange={(visibility: Visibility) => form.setFieldValue('visibility', visibility)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create repository
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
