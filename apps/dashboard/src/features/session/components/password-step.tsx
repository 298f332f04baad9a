import { Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type SignIn, signInSchema } from '@stowage/contracts';
import { IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { hasPasskeys } from '../../../lib/passkeys';
import { passkeyAlone } from '../api/passkey-sign-in';

export function PasswordStep({ onStart }: { readonly onStart: (proof: SignIn) => Promise<void> }) {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState<'password' | 'passkey'>();
  const form = useForm({ initialValues: { login: '', password: '' }, validate: validateWith(signInSchema) });
  const start = async (way: 'password' | 'passkey', proof: () => SignIn | Promise<SignIn>) => {
    setBusy(way);
    setProblem(undefined);
    try {
      await onStart(await proof());
    } catch (error) {
      setProblem(showProblem(form, error));
      setBusy(undefined);
    }
  };
  return (
    <form onSubmit={form.onSubmit((values) => void start('password', () => values))} noValidate aria-label="Sign in">
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
        <PasswordInput label="Password" autoComplete="current-password" size="md" {...form.getInputProps('password')} />
        <Button type="submit" size="md" fullWidth loading={busy === 'password'}>
          Sign in
        </Button>
        {hasPasskeys() ? (
          <>
            <Divider label="or" />
            <Button
              variant="default"
              size="md"
              fullWidth
              leftSection={<IconFingerprint size={18} />}
              loading={busy === 'passkey'}
              onClick={() => void start('passkey', passkeyAlone)}
            >
              Use a passkey
            </Button>
          </>
        ) : null}
      </Stack>
    </form>
  );
}
