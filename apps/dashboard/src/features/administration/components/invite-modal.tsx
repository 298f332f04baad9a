import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { createSignUpInvitationSchema, type CreatedSignUpInvitation } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { useInvite } from '../api/sign-up';
import { InvitationMade } from './invitation-made';

export interface InviteModalProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

const LIVES = [
  { value: '1', label: 'One day' },
  { value: '7', label: 'One week' },
  { value: '30', label: '30 days' },
];

const toBody = ({ email, days }: { email: string; days: string }) => ({
  email: email.trim() === '' ? null : email.trim(),
  expiresInDays: Number(days),
});

/** A new invitation to make an account, and then its link. */
export function InviteModal({ opened, onClose }: InviteModalProps) {
  const [created, setCreated] = useState<CreatedSignUpInvitation>();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setCreated(undefined)}
      size="lg"
      title={created ? 'Invitation made' : 'Invite somebody'}
      // A click beside the dialog must not throw away a link that can't be shown again.
      closeOnClickOutside={!created}
    >
      {created ? (
        <InvitationMade invitation={created} onClose={onClose} />
      ) : (
        <InviteForm onCreated={setCreated} onCancel={onClose} />
      )}
    </Modal>
  );
}

interface InviteFormProps {
  readonly onCreated: (invitation: CreatedSignUpInvitation) => void;
  readonly onCancel: () => void;
}

function InviteForm({ onCreated, onCancel }: InviteFormProps) {
  const invite = useInvite();
  const [problem, setProblem] = useState<string>();
  const form = useForm({
    initialValues: { email: '', days: '7' },
    validate: (values) => validateWith(createSignUpInvitationSchema)(toBody(values)),
  });
  const submit = form.onSubmit((values) =>
    invite.mutate(toBody(values), {
      onSuccess: onCreated,
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Invite somebody">
      <Stack gap="md">
        <FormProblem text={problem} />
        <TextInput
          label="E-mail"
          description="Only the account of this address may use the invitation. Empty: whoever has the link."
          type="email"
          data-autofocus
          {...form.getInputProps('email')}
        />
        <NativeSelect label="Good for" data={LIVES} {...form.getInputProps('days')} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={invite.isPending}>
            Make the invitation
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
