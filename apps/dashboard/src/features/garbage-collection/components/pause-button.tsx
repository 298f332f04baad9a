import { Button } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useState } from 'react';
import { lazyDialog } from '../../../components/ui/lazy-dialog';
import type { PauseModalProps } from './pause-modal';

const PauseDialog = lazyDialog<PauseModalProps>(async () => (await import('./pause-modal')).PauseModal);

export function PauseButton() {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" size="xs" leftSection={<IconPlayerPause size={14} />} onClick={() => setOpened(true)}>
        Pause
      </Button>
      <PauseDialog opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
