import { Button, Group, Stack } from '@mantine/core';
import { FormProblem } from '../../../components/ui/form-problem';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useDisableTotp } from '../api/second-factors';
import type { FactorFormProps } from './factor-modal';

export function DisableTotpForm({ onDone, onCancel }: FactorFormProps) {
  const disable = useDisableTotp();
  const switchOff = () =>
    disable.mutate(undefined, {
      onSuccess: () => {
        notify({ message: 'Codes of your authenticator app are not asked for any more.' });
        onDone(null);
      },
    });
  return (
    <Stack gap="md">
      <div>
        A sign-in asks for no code any more. If you have no passkey either, your password or your linked account alone
        is enough again, and your recovery codes are gone.
      </div>
      <FormProblem text={disable.error ? messageOf(disable.error) : undefined} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button color="red.8" loading={disable.isPending} onClick={switchOff}>
          Switch off
        </Button>
      </Group>
    </Stack>
  );
}
