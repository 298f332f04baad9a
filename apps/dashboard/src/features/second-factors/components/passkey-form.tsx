import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { renamePasskeySchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { notify } from '../../../lib/notify';
import { useAddPasskey } from '../api/passkeys';
import type { FactorFormProps } from './factor-modal';

export function PasskeyForm({ onDone, onCancel }: FactorFormProps) {
  const add = useAddPasskey();
  const [problem, setProblem] = useState<string>();
  const form = useForm({ initialValues: { name: '' }, validate: validateWith(renamePasskeySchema) });
  const submit = form.onSubmit((values) =>
    add.mutate(values, {
      onSuccess: ({ passkey, recoveryCodes }) => {
        notify({ message: `You can sign in with ${passkey.name} from now on.` });
        onDone(recoveryCodes);
      },
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Add a passkey">
      <Stack gap="md">
        <div>
          Your browser asks for a fingerprint, a face, a PIN or a security key. From then on your password alone does
          not sign in any more, and <code>docker login</code> needs an access token.
        </div>
        <FormProblem text={problem} />
        <TextInput
          label="Name"
          description="To tell it from others, such as “Work laptop”"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Go on
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
