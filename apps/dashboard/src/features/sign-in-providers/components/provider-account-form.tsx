import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { createProviderAccountSchema, type ProviderSignIn } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { useCreateProviderAccount } from '../api/sign-in-providers';

interface ProviderAccountFormProps {
  readonly newcomer: Extract<ProviderSignIn, { outcome: 'new' }>;
  readonly onDone: (done: ProviderSignIn) => void;
}

/** All that is left to ask somebody whom a provider has signed in for the first time. */
export function ProviderAccountForm({ newcomer, onDone }: ProviderAccountFormProps) {
  const create = useCreateProviderAccount();
  const [problem, setProblem] = useState<string>();
  const form = useForm({
    initialValues: { username: newcomer.username },
    validate: validateWith(createProviderAccountSchema),
  });
  const submit = form.onSubmit((values) =>
    create.mutate(createProviderAccountSchema.parse(values), {
      onSuccess: onDone,
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Create account">
      <Stack gap="md">
        <FormProblem text={problem} />
        <Text fz="sm" c="dimmed">
          Your e-mail address here will be <strong>{newcomer.email}</strong>.
        </Text>
        <TextInput
          label="Username"
          description="Also the name of your namespace: it is part of every image’s address."
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          size="md"
          data-autofocus
          {...form.getInputProps('username')}
        />
        <Button type="submit" size="md" loading={create.isPending}>
          Create account
        </Button>
      </Stack>
    </form>
  );
}
