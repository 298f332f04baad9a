import { Alert, Button, Group, Stack } from '@mantine/core';
import { messageOf } from '../../../lib/api/api-error';
import { useReplaceRecoveryCodes } from '../api/second-factors';
import type { FactorFormProps } from './factor-modal';

export function ReplaceCodesForm({ onDone, onCancel }: FactorFormProps) {
  const replace = useReplaceRecoveryCodes();
  return (
    <Stack gap="md">
      <div>You get ten new codes. Those that you have kept until now stop to work.</div>
      {replace.error ? <Alert color="red">{messageOf(replace.error)}</Alert> : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button
          loading={replace.isPending}
          onClick={() => replace.mutate(undefined, { onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes) })}
        >
          Make new codes
        </Button>
      </Group>
    </Stack>
  );
}
