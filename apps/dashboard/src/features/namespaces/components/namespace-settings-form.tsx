import { Alert, Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type Namespace, updateNamespaceSchema } from '@stowage/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangedMeanwhile } from '../../../components/ui/changed-meanwhile';
import { FormProblem } from '../../../components/ui/form-problem';
import { useSeenSettings } from '../../../components/ui/use-seen-settings';
import { VisibilityField } from '../../../components/ui/visibility-field';
import { isApiError } from '../../../lib/api/api-error';
import type { Tagged } from '../../../lib/api/client';
import { showProblem, validateWith } from '../../../lib/form';
import { notify } from '../../../lib/notify';
import { useUpdateNamespace } from '../api/change-namespace';
import { namespaceQuery } from '../api/get-namespace';

export function NamespaceSettingsForm({ namespace }: { readonly namespace: Tagged<Namespace> }) {
  const queryClient = useQueryClient();
  const load = () => queryClient.fetchQuery({ ...namespaceQuery(namespace.name), staleTime: 0 });
  const { seen, round, saved, reload } = useSeenSettings(namespace, load);
  return <SeenSettingsForm key={round} namespace={seen} onSaved={saved} onReload={reload} />;
}

interface SeenSettingsFormProps {
  /** As the person has seen it. */
  readonly namespace: Tagged<Namespace>;
  readonly onSaved: (namespace: Tagged<Namespace>) => void;
  readonly onReload: () => Promise<void>;
}

function SeenSettingsForm({ namespace, onSaved, onReload }: SeenSettingsFormProps) {
  const { entityTag: ifMatch, name, displayName, defaultVisibility, createsOnPush } = namespace;
  const update = useUpdateNamespace(name);
  const [problem, setProblem] = useState<string>();
  const form = useForm({
    initialValues: { displayName, defaultVisibility, createsOnPush },
    validate: validateWith(updateNamespaceSchema),
  });
  const submit = form.onSubmit((values) =>
    update.mutate(
      { ...values, ifMatch },
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
    <form onSubmit={submit} noValidate aria-label="Namespace settings">
      <Stack gap="lg" maw={560}>
        {isApiError(update.error, 412) ? <ChangedMeanwhile onReload={onReload} /> : <FormProblem text={problem} />}
        <TextInput label="Display name" description="How people read it" {...form.getInputProps('displayName')} />
        <Checkbox
          label="A push may make its repository"
          description="The first push to a new name makes its repository, with the visibility below and with the limits, the retention policy and the immutability rules of the namespace. Off: repositories are made here first, and a push to any other name is refused."
          {...form.getInputProps('createsOnPush', { type: 'checkbox' })}
        />
        <VisibilityField
          label="Visibility of new repositories"
          description="Those that are there keep theirs."
          value={form.values.defaultVisibility}
          onChange={(visibility) => form.setFieldValue('defaultVisibility', visibility)}
        />
        {form.values.defaultVisibility === 'public' && defaultVisibility !== 'public' ? (
          <Alert color="yellow" title="Whatever is pushed under a new name is public at once">
            A typing error in a tag is then enough to show an image to everybody.
          </Alert>
        ) : null}
        <Group>
          <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
            Save changes
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
