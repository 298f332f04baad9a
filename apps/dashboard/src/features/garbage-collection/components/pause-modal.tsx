import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { usePauseCollection } from '../api/collection';

export interface PauseModalProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

const MAX_REASON = 500;

export function PauseModal({ opened, onClose }: PauseModalProps) {
  const pause = usePauseCollection();
  const form = useForm({
    initialValues: { reason: '' },
    validate: { reason: (text) => (text.trim() === '' ? 'Others will want to know why' : null) },
  });
  const submit = form.onSubmit(({ reason }) =>
    pause.mutate(reason.trim(), {
      onSuccess: () => {
        notify({ message: 'Collectors stop within seconds.' });
        form.reset();
        onClose();
      },
    }),
  );
  return (
    <Modal opened={opened} onClose={onClose} title="Pause garbage collection">
      <form onSubmit={submit} noValidate aria-label="Pause garbage collection">
        <Stack gap="md">
          <Text>
            On every replica, until somebody resumes it. What is deleted meanwhile leaves the usage of its namespace
            later, and its bytes stay in storage.
          </Text>
          {pause.isError ? <Alert color="red">{messageOf(pause.error)}</Alert> : null}
          <TextInput
            label="Reason"
            description="Shown to every administrator"
            maxLength={MAX_REASON}
            data-autofocus
            {...form.getInputProps('reason')}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={pause.isPending}>
              Pause
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
