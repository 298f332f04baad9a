import { Button, Group } from '@mantine/core';
import { IconEye, IconPlayerPlay } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useStartCollection } from '../api/collection';

/** Neither can take anything away that would not go by itself, so neither asks. */
export function StartButtons({ isPaused }: { readonly isPaused: boolean }) {
  const start = useStartCollection();
  const navigate = useNavigate();
  const begin = (dryRun: boolean) =>
    start.mutate(dryRun, {
      onSuccess: ({ id }) => void navigate({ to: '/admin/gc/$run', params: { run: id } }),
      onError: (error) => notify({ color: 'red', title: 'It did not start', message: messageOf(error) }),
    });
  const busy = (dryRun: boolean) => start.isPending && start.variables === dryRun;
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconEye size={14} />}
        loading={busy(true)}
        onClick={() => begin(true)}
      >
        Dry run
      </Button>
      <Button
        size="xs"
        leftSection={<IconPlayerPlay size={14} />}
        disabled={isPaused}
        loading={busy(false)}
        onClick={() => begin(false)}
      >
        Run now
      </Button>
    </Group>
  );
}
