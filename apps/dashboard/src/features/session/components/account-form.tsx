import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type LegalLinks, signUpSchema } from '@stowage/contracts';
import { type ReactNode, useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { validateWithTerms, withAgreement } from '../../../components/terms/agreement';
import { TermsField } from '../../../components/terms/terms-field';
import { showProblem } from '../../../lib/form';
import type { SignUpInput } from '../api/start-session';

interface AccountFormProps {
  readonly label: string;
  readonly action: string;
  readonly create: (values: SignUpInput) => Promise<{ user: { username: string } }>;
  readonly onDone: (username: string) => void;
  /** What whoever makes the account has to agree to. */
  readonly legal?: LegalLinks | undefined;
  /** Fields that only one of the pages asks for. */
  readonly children?: ReactNode;
}

/** A new account: for signing up and for the first administrator. */
export function AccountForm({ label, action, create, onDone, legal, children }: AccountFormProps) {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { username: '', email: '', password: '', acceptedTerms: '' },
    validate: validateWithTerms(signUpSchema, legal),
    validateInputOnBlur: true,
    transformValues: (values) => ({ ...values, username: values.username.trim(), email: values.email.trim() }),
  });
  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    try {
      onDone((await create(withAgreement(values))).user.username);
    } catch (error) {
      setProblem(showProblem(form, error));
      setBusy(false);
    }
  });
  return (
    <form onSubmit={submit} noValidate aria-label={label}>
      <Stack gap="md">
        <FormProblem text={problem} />
        {children}
        <TextInput
          label="Username"
          description="Also the name of your namespace: it is part of every image’s address."
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          size="md"
          {...form.getInputProps('username')}
        />
        <TextInput label="E-mail" type="email" autoComplete="email" size="md" {...form.getInputProps('email')} />
        <PasswordInput
          label="Password"
          description="10 characters or more"
          autoComplete="new-password"
          size="md"
          {...form.getInputProps('password')}
        />
        {legal ? (
          <TermsField
            legal={legal}
            value={form.values.acceptedTerms}
            onChange={(version) => form.setFieldValue('acceptedTerms', version)}
            error={form.errors.acceptedTerms}
          />
        ) : null}
        <Button type="submit" size="md" fullWidth loading={busy}>
          {action}
        </Button>
      </Stack>
    </form>
  );
}
