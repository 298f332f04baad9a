import { Button } from '@mantine/core';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useEndSession } from '../api/account';

export function EndOthersButton() {
  const end = useEndSession();
  const start = () =>
    end.mutate(undefined, {
      onSuccess: () => notify({ message: 'You are signed out everywhere else.' }),
      onError: (error) => notify({ color: 'red', title: 'Nothing was signed out', message: messageOf(error) }),
    });
  return (
    <Button variant="default" size="xs" loading={end.isPending} onClick={start}>
      Sign out everywhere else
    </Button>
  );
}
