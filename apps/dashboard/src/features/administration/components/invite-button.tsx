import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { lazyDialog } from '../../../components/ui/lazy-dialog';
import type { InviteModalProps } from './invite-modal';

const InviteDialog = lazyDialog<InviteModalProps>(async () => (await import('./invite-modal')).InviteModal);

export function InviteButton() {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button size="xs" leftSection={<IconUserPlus size={16} />} onClick={() => setOpened(true)}>
        Invite
      </Button>
      <InviteDialog opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
