import { Button, Group, Loader, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { enableTotpSchema, type TotpKey } from '@stowage/contracts';
import { useEffect, useState } from 'react';
import { CommandBlock } from '../../../components/ui/command-block';
import { ErrorState } from '../../../components/ui/error-state';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { useEnableTotp, useTotpKey } from '../api/second-factors';
import type { FactorFormProps } from './factor-modal';
import { QrCode } from './qr-code';

export function SetUpTotpForm({ onDone, onCancel }: FactorFormProps) {
  const { mutate, data, error } = useTotpKey();
  useEffect(() => mutate(), [mutate]);
  if (error) return <ErrorState error={error} onRetry={() => mutate()} />;
  if (!data) return <Loader aria-label="Making a key" mx="auto" my="xl" display="block" />;
  return <CodeForm made={data} onDone={onDone} onCancel={onCancel} />;
}

function CodeForm({ made, onDone, onCancel }: FactorFormProps & { readonly made: TotpKey }) {
  const enable = useEnableTotp();
  const [problem, setProblem] = useState<string>();
  const form = useForm({
    initialValues: { code: '' },
    validate: validateWith(enableTotpSchema.pick({ code: true })),
    transformValues: ({ code }) => ({ code: code.replaceAll(/\s/g, '') }),
  });
  const submit = form.onSubmit(({ code }) =>
    enable.mutate(
      { key: made.key, code },
      {
        onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
        onError: (error) => setProblem(showProblem(form, error)),
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Set up an authenticator app">
      <Stack gap="md">
        <Text>Scan this with your authenticator app, or type the key into it. It then shows six digits.</Text>
        <QrCode text={made.uri} label="QR code for your authenticator app" />
        <CommandBlock label="Key for your authenticator app" command={spaced(made.key)} prompt={false} />
        <FormProblem text={problem} />
        <TextInput
          label="Code that the app shows"
          placeholder="123 456"
          autoComplete="one-time-code"
          inputMode="numeric"
          {...form.getInputProps('code')}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={enable.isPending}>
            Switch on
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** In groups of four, as people copy it by eye; apps don't mind the spaces. */
function spaced(key: string): string {
  return key.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
