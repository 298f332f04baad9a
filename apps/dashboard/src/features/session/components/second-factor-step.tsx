import { Anchor, Button, Divider, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Problem, SignIn } from '@stowage/contracts';
import { IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem } from '../../../lib/form';
import { hasPasskeys } from '../../../lib/passkeys';
import { withPasskey } from '../api/passkey-sign-in';

interface SecondFactorStepProps {
  readonly password: SignIn;
  readonly needed: NonNullable<Problem['secondFactor']>;
  readonly onStart: (proof: SignIn) => Promise<void>;
  readonly onBack: () => void;
}

/** The password was right; the account asks for more. */
export function SecondFactorStep({ password, needed, onStart, onBack }: SecondFactorStepProps) {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState<'code' | 'passkey'>();
  const form = useForm({
    initialValues: { totp: '' },
    validate: { totp: (code) => (code.trim() === '' ? 'Type the code' : null) },
  });
  const start = async (way: 'code' | 'passkey', proof: () => SignIn | Promise<SignIn>) => {
    setBusy(way);
    setProblem(undefined);
    try {
      await onStart(await proof());
    } catch (error) {
      setProblem(showProblem(form, error));
    }
    setBusy(undefined);
  };
  const options = hasPasskeys() ? needed.passkeyOptions : null;
  return (
    <form
      onSubmit={form.onSubmit(({ totp }) => void start('code', () => ({ ...password, totp: totp.trim() })))}
      noValidate
      aria-label="Second factor"
    >
      <Stack gap="md">
        <Text>
          Your password is right, <b>{password.login}</b>. Now prove that it is you who typed it.
        </Text>
        <FormProblem text={problem} />
        {options ? (
          <>
            <Button
              size="md"
              fullWidth
              leftSection={<IconFingerprint size={18} />}
              loading={busy === 'passkey'}
              onClick={() => void start('passkey', () => withPasskey(password, options))}
            >
              Use your passkey
            </Button>
            <Divider label="or" />
          </>
        ) : null}
        <TextInput
          label={needed.totp ? 'Code of your authenticator app' : 'Recovery code'}
          description={
            needed.totp ? 'Six digits. A recovery code works here as well.' : 'One of the ten that you kept.'
          }
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          size="md"
          {...form.getInputProps('totp')}
        />
        <Button type="submit" size="md" fullWidth variant={options ? 'default' : 'filled'} loading={busy === 'code'}>
          Sign in
        </Button>
        <Anchor component="button" type="button" ta="center" onClick={onBack}>
          Sign in as somebody else
        </Anchor>
      </Stack>
    </form>
  );
}
