import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { createProviderAccountSchema, type LegalLinks, type ProviderSignIn } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { validateWithTerms, withAgreement } from '../../../components/terms/agreement';
import { TermsField } from '../../../components/terms/terms-field';
import { showProblem } from '../../../lib/form';
import { useCreateProviderAccount } from '../api/sign-in-providers';

interface ProviderAccountFormProps {
  readonly newcomer: Extract<ProviderSignIn, { outcome: 'new' }>;
  /** What whoever makes the account has to agree to. */
  readonly legal: LegalLinks | undefined;
  readonly onDone: (done: ProviderSignIn) => void;
}

/** All that is left to ask somebody whom a provider has signed in for the first time. */
export function ProviderAccountForm({ newcomer, legal, onDone }: ProviderAccountFormProps) {
  const create = useCreateProviderAccount();
  const [problem, setProblem] = useState<string>();
  const form = useForm({
    initialValues: { username: newcomer.username, acceptedTerms: '' },
    validate: validateWithTerms(createProviderAccountSchema, legal),
  });
  const submit = form.onSubmit((values) =>
    create.mutate(createProviderAccountSchema.parse(withAgreement(values)), {
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
        {legal ? (
          <TermsField
            legal={legal}
            value={form.values.acceptedTerms}
            onChange={(version) => form.setFieldValue('acceptedTerms', version)}
            error={form.errors.acceptedTerms}
          />
        ) : null}
        <Button type="submit" size="md" loading={create.isPending}>
          Create account
        </Button>
      </Stack>
    </form>
  );
}
