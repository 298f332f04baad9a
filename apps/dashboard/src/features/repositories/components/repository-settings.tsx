import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type Repository, updateRepositorySchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { Panel } from '../../../components/ui/panel';
import { showProblem, validateWith } from '../../../lib/form';
import { notify } from '../../../lib/notify';
import { useUpdateRepository } from '../api/change-repository';
import { VisibilityField } from '../../../components/ui/visibility-field';
import { VisibilityChangeNote } from './visibility-change-note';

export function RepositorySettings({ repository }: { readonly repository: Repository }) {
  const update = useUpdateRepository(repository.namespace, repository.name);
  const [problem, setProblem] = useState<string>();
  const form = useForm({
    initialValues: { description: repository.description, visibility: repository.visibility },
    validate: validateWith(updateRepositorySchema),
  });
  const submit = form.onSubmit((values) =>
    update.mutate(values, {
      onSuccess: () => {
        setProblem(undefined);
        form.resetDirty(values);
        notify({ message: 'Settings saved.' });
      },
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  return (
    <Panel title="Settings">
      <form onSubmit={submit} noValidate aria-label="Repository settings">
        <Stack gap="lg" maw={560}>
          <FormProblem text={problem} />
          <Textarea label="Description" autosize minRows={2} maxRows={6} {...form.getInputProps('description')} />
          <VisibilityField
            value={form.values.visibility}
            onChange={(visibility) => form.setFieldValue('visibility', visibility)}
          />
          <VisibilityChangeNote from={repository.visibility} to={form.values.visibility} />
          <Group>
            <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
              Save changes
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
