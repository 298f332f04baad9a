import { Alert, Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { messageOf } from '../../lib/api/api-error';
import { FormProblem } from './form-problem';

/** After a change that was refused with 412: nothing is overwritten, and the way on is to look again. */
export function ChangedMeanwhile({ onReload }: { readonly onReload: () => Promise<void> }) {
  const reload = useMutation({ mutationFn: onReload });
  return (
    <Alert color="yellow" role="alert" title="Somebody else has changed these settings">
      <Stack gap="sm" align="flex-start">
        <div>Yours are not saved. Load the settings again to see what they are now; then repeat your change.</div>
        <FormProblem text={reload.error && messageOf(reload.error)} />
        <Button size="xs" variant="default" loading={reload.isPending} onClick={() => reload.mutate()}>
          Load the settings again
        </Button>
      </Stack>
    </Alert>
  );
}
