import { Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { changePasswordSchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { notify } from '../../../lib/notify';
import { useChangePassword } from '../api/account';
import classes from './account.module.css';

interface PasswordValues {
  readonly currentPassword: string;
  readonly newPassword: string;
}

export function PasswordForm() {
  const change = useChangePassword();
  const [problem, setProblem] = useState<string>();
  const form = useForm<PasswordValues>({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: validateWith(changePasswordSchema),
  });
  const submit = form.onSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => {
        setProblem(undefined);
        form.reset();
        notify({ message: 'Your password is changed. Other sessions and all access tokens have ended.' });
      },
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-label="Change password">
      <FormProblem text={problem} />
      <PasswordInput
        label="Current password"
        autoComplete="current-password"
        {...form.getInputProps('currentPassword')}
      />
      <PasswordInput
        label="New password"
        description="At least 10 characters; a sentence is easy to remember and hard to guess"
        autoComplete="new-password"
        {...form.getInputProps('newPassword')}
      />
      <p className={classes.warning}>
        Every other session ends, and so do all your access tokens: machines that sign in with one need a new one.
      </p>
      <div>
        <Button type="submit" loading={change.isPending}>
          Change password
        </Button>
      </div>
    </form>
  );
}
