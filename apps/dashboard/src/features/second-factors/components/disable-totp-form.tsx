import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { disableTotpSchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { notify } from '../../../lib/notify';
import { useDisableTotp } from '../api/second-factors';
import type { FactorFormProps } from './factor-modal';

export function DisableTotpForm({ onDone, onCancel }: FactorFormProps) {
  const disable = useDisableTotp();
  const [problem, setProblem] = useState<string>();
  const form = useForm({ initialValues: { password: '' }, validate: validateWith(disableTotpSchema) });
  const submit = form.onSubmit((values) =>
    disable.mutate(values, {
      onSuccess: () => {
        notify({ message: 'Codes of your authenticator app are not asked for any more.' });
        onDone(null);
      },
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Switch off the authenticator app">
      <Stack gap="md">
        <div>
          A sign-in asks for no code any more. If you have no passkey either, your password alone is enough again, and
          your recovery codes are gone.
        </div>
        <FormProblem text={problem} />
        <PasswordInput label="Your password" autoComplete="current-password" {...form.getInputProps('password')} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" color="red.8" loading={disable.isPending}>
            Switch off
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
