import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { confirmSessionSchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { useConfirmSession } from '../api/confirm-session';

export interface ConfirmationModalProps {
  readonly opened: boolean;
  readonly onEnd: (confirmed: boolean) => void;
}

export function ConfirmationModal({ opened, onEnd }: ConfirmationModalProps) {
  const confirm = useConfirmSession();
  const [problem, setProblem] = useState<string>();
  const form = useForm({ initialValues: { password: '' }, validate: validateWith(confirmSessionSchema) });
  const end = (confirmed: boolean) => {
    form.reset();
    setProblem(undefined);
    onEnd(confirmed);
  };
  const submit = form.onSubmit((values) =>
    confirm.mutate(values, {
      onSuccess: () => end(true),
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  return (
    <Modal opened={opened} onClose={() => end(false)} title="Is it still you?" zIndex={400}>
      <form onSubmit={submit} noValidate aria-label="Confirm your password">
        <Stack gap="md">
          <div>You signed in a while ago, and this changes how your account is protected.</div>
          <FormProblem text={problem} />
          <PasswordInput
            label="Your password"
            autoComplete="current-password"
            data-autofocus
            {...form.getInputProps('password')}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => end(false)}>
              Cancel
            </Button>
            <Button type="submit" loading={confirm.isPending}>
              Go on
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
