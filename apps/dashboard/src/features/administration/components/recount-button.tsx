import { Button } from '@mantine/core';
import { IconCalculator } from '@tabler/icons-react';
import { READING_MS, RunStarted } from '../../../components/ui/run-started';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useRequestRecount } from '../api/managed-namespaces';

/** Harmless: what is charged is held against what is stored, and corrected only where it differs. */
export function RecountButton() {
  const recount = useRequestRecount();
  const start = () =>
    recount.mutate(undefined, {
      onSuccess: ({ id }) =>
        notify({
          autoClose: READING_MS,
          message: (
            <RunStarted namespace={null} id={id}>
              The usage of all namespaces is being recounted.
            </RunStarted>
          ),
        }),
      onError: (error) => notify({ color: 'red', title: 'Nothing was started', message: messageOf(error) }),
    });
  return (
    <Button variant="default" leftSection={<IconCalculator size={16} />} loading={recount.isPending} onClick={start}>
      Recount usage
    </Button>
  );
}
