import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type Repository, updateRepositorySchema } from '@stowage/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangedMeanwhile } from '../../../components/ui/changed-meanwhile';
import { FormProblem } from '../../../components/ui/form-problem';
import { Panel } from '../../../components/ui/panel';
import { useSeenSettings } from '../../../components/ui/use-seen-settings';
import { isApiError } from '../../../lib/api/api-error';
import type { Tagged } from '../../../lib/api/client';
import { showProblem, validateWith } from '../../../lib/form';
import { notify } from '../../../lib/notify';
import { useUpdateRepository } from '../api/change-repository';
import { repositoryQuery } from '../api/get-repository';
import { VisibilityField } from '../../../components/ui/visibility-field';
import { VisibilityChangeNote } from './visibility-change-note';

export function RepositorySettings({ repository }: { readonly repository: Tagged<Repository> }) {
  const queryClient = useQueryClient();
  const load = () =>
    queryClient.fetchQuery({ ...repositoryQuery(repository.namespace, repository.name), staleTime: 0 });
  const { seen, round, saved, reload } = useSeenSettings(repository, load);
  return (
    <Panel title="Settings">
      <SeenSettingsForm key={round} repository={seen} onSaved={saved} onReload={reload} />
    </Panel>
  );
}

interface SeenSettingsFormProps {
  /** As the person has seen it. */
  readonly repository: Tagged<Repository>;
  readonly onSaved: (repository: Tagged<Repository>) => void;
  readonly onReload: () => Promise<void>;
}

function SeenSettingsForm({ repository, onSaved, onReload }: SeenSettingsFormProps) {
  const update = useUpdateRepository(repository.namespace, repository.name);
  const [problem, setProblem] = useState<string>();
  const form = useForm({
    initialValues: { description: repository.description, visibility: repository.visibility },
    validate: validateWith(updateRepositorySchema),
  });
  const submit = form.onSubmit((values) =>
    update.mutate(
      { ...values, ifMatch: repository.entityTag },
      {
        onSuccess: (next) => {
          setProblem(undefined);
          form.resetDirty(values);
          onSaved(next);
          notify({ message: 'Settings saved.' });
        },
        onError: (error) => setProblem(showProblem(form, error)),
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Repository settings">
      <Stack gap="lg" maw={560}>
        {isApiError(update.error, 412) ? <ChangedMeanwhile onReload={onReload} /> : <FormProblem text={problem} />}
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
  );
}
