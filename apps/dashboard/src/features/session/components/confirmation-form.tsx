import { Anchor, Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { showProblem } from '../../../lib/form';
import { useConfirmSession } from '../api/confirm-session';

interface ConfirmationFormProps {
  /** Whether a code would do as well: who signs in with a provider may know no password. */
  readonly hasCodes: boolean;
  readonly onProblem: (problem: string | undefined) => void;
  readonly onEnd: (confirmed: boolean) => void;
}

/** What is typed: the password, or a code instead. */
export function ConfirmationForm({ hasCodes, onProblem, onEnd }: ConfirmationFormProps) {
  const confirm = useConfirmSession();
  const [proof, setProof] = useState<'password' | 'totp'>('password');
  const form = useForm({
    initialValues: { password: '', totp: '' },
    validate: {
      password: (text) => (proof === 'password' && text === '' ? 'Type your password' : null),
      totp: (text) => (proof === 'totp' && text.trim() === '' ? 'Type the code' : null),
    },
  });
  const submit = form.onSubmit(({ password, totp }) =>
    confirm.mutate(proof === 'password' ? { password } : { totp: totp.trim() }, {
      onSuccess: () => onEnd(true),
      onError: (error) => onProblem(showProblem(form, error)),
    }),
  );
  const change = () => {
    setProof(proof === 'password' ? 'totp' : 'password');
    onProblem(undefined);
    form.clearErrors();
  };
  return (
    <form onSubmit={submit} noValidate aria-label="Confirm that it is you">
      <Stack gap="md">
        {proof === 'password' ? (
          <PasswordInput
            key="password"
            label="Your password"
            autoComplete="current-password"
            data-autofocus
            {...form.getInputProps('password')}
          />
        ) : (
          <TextInput
            key="totp"
            label="Code of your authenticator app"
            description="Six digits. A recovery code works here as well."
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            {...form.getInputProps('totp')}
          />
        )}
        <Group justify="space-between" gap="xs">
          {hasCodes ? (
            <Anchor component="button" type="button" fz="sm" onClick={change}>
              {proof === 'password' ? 'Use a code instead' : 'Use your password instead'}
            </Anchor>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={() => onEnd(false)}>
              Cancel
            </Button>
            <Button type="submit" loading={confirm.isPending}>
              Go on
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
