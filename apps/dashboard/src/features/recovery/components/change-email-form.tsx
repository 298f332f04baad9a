import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { changeEmailSchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { notify } from '../../../lib/notify';
import { useChangeEmail } from '../api/recovery';
import classes from './recovery.module.css';

export function ChangeEmailForm() {
  const change = useChangeEmail();
  const [problem, setProblem] = useState<string>();
  const form = useForm({
    initialValues: { email: '' },
    validate: validateWith(changeEmailSchema),
    transformValues: ({ email }) => ({ email: email.trim() }),
  });
  const submit = form.onSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => {
        setProblem(undefined);
        form.reset();
        notify({ message: `A link was made for ${values.email}. It works for a day.` });
      },
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-label="Change e-mail address">
      <FormProblem text={problem} />
      <TextInput
        label="New e-mail address"
        description="A link goes there; the address you have now is told when the change is done."
        type="email"
        autoComplete="email"
        {...form.getInputProps('email')}
      />
      <div>
        <Button type="submit" loading={change.isPending}>
          Change address
        </Button>
      </div>
    </form>
  );
}
