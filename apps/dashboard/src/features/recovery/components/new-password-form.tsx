import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { completePasswordResetSchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { useCompletePasswordReset } from '../api/recovery';

const schema = completePasswordResetSchema.pick({ newPassword: true });

export function NewPasswordForm({ code, onDone }: { readonly code: string; readonly onDone: () => void }) {
  const reset = useCompletePasswordReset();
  const [problem, setProblem] = useState<string>();
  const form = useForm({ initialValues: { newPassword: '' }, validate: validateWith(schema) });
  const submit = form.onSubmit((values) =>
    reset.mutate({ ...values, code }, { onSuccess: onDone, onError: (error) => setProblem(showProblem(form, error)) }),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="New password">
      <Stack gap="md">
        <FormProblem text={problem} />
        <PasswordInput
          label="New password"
          description="At least 10 characters; a sentence is easy to remember and hard to guess"
          autoComplete="new-password"
          autoFocus
          size="md"
          {...form.getInputProps('newPassword')}
        />
        <Button type="submit" size="md" fullWidth loading={reset.isPending}>
          Set the password
        </Button>
      </Stack>
    </form>
  );
}
