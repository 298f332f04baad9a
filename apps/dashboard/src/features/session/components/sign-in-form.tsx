import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { signInSchema } from '@stowage/contracts';
import { useState } from 'react';
import { showProblem, validateWith } from '../../../lib/form';
import { useSignIn } from '../api/start-session';

export function SignInForm({ onDone }: { readonly onDone: () => void }) {
  const signIn = useSignIn();
  const [problem, setProblem] = useState<string>();
  const form = useForm({ initialValues: { login: '', password: '' }, validate: validateWith(signInSchema) });
  const submit = form.onSubmit((values) =>
    signIn.mutate(values, { onSuccess: onDone, onError: (error) => setProblem(showProblem(form, error)) }),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Sign in">
      <Stack gap="md">
        {problem ? (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        ) : null}
        <TextInput
          label="Username or e-mail"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          size="md"
          {...form.getInputProps('login')}
        />
        <PasswordInput label="Password" autoComplete="current-password" size="md" {...form.getInputProps('password')} />
        <Button type="submit" size="md" fullWidth loading={signIn.isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
