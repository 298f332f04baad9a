import { Alert, Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type Namespace, updateNamespaceSchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { VisibilityField } from '../../../components/ui/visibility-field';
import { showProblem, validateWith } from '../../../lib/form';
import { notify } from '../../../lib/notify';
import { useUpdateNamespace } from '../api/change-namespace';

export function NamespaceSettingsForm({ namespace }: { readonly namespace: Namespace }) {
  const { name, displayName, defaultVisibility, createsOnPush } = namespace;
  const update = useUpdateNamespace(name);
  const [problem, setProblem] = useState<string>();
  const form = useForm({
    initialValues: { displayName, defaultVisibility, createsOnPush },
    validate: validateWith(updateNamespaceSchema),
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
    <form onSubmit={submit} noValidate aria-label="Namespace settings">
      <Stack gap="lg" maw={560}>
        <FormProblem text={problem} />
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
