import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useRotateSigningKey } from '../api/signing-keys';

/** Harmless: no token stops to work by it. */
export function RotateButton() {
  const rotate = useRotateSigningKey();
  const start = () =>
    rotate.mutate(undefined, {
      onSuccess: () => notify({ message: 'The next key takes over as soon as every verifier knows it.' }),
      onError: (error) => notify({ color: 'red', title: 'Nothing was rotated', message: messageOf(error) }),
    });
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconRefresh size={14} />}
      loading={rotate.isPending}
      onClick={start}
    >
      Rotate now
    </Button>
  );
}
