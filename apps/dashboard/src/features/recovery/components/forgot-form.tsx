import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { requestPasswordResetSchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { useRequestPasswordReset } from '../api/recovery';

export function ForgotForm({ onDone }: { readonly onDone: () => void }) {
  const reset = useRequestPasswordReset();
  const [problem, setProblem] = useState<string>();
  const form = useForm({ initialValues: { login: '' }, validate: validateWith(requestPasswordResetSchema) });
  const submit = form.onSubmit((values) =>
    reset.mutate(values, { onSuccess: onDone, onError: (error) => setProblem(showProblem(form, error)) }),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Forgotten password">
      <Stack gap="md">
        <FormProblem text={problem} />
        <TextInput
          label="Username or e-mail"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          size="md"
          {...form.getInputProps('login')}
        />
        <Button type="submit" size="md" fullWidth loading={reset.isPending}>
          Get a link
        </Button>
      </Stack>
    </form>
  );
}
