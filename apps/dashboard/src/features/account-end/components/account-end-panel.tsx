import { Button } from '@mantine/core';
import { accountEndRoutes } from '@stowage/contracts';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { lazyDialog } from '../../../components/ui/lazy-dialog';
import { Panel } from '../../../components/ui/panel';
import { PanelAction } from '../../../components/ui/panel-action';
import { hrefOf } from '../../../lib/api/client';
import type { DeleteAccountModalProps } from './delete-account-modal';

const DeleteAccountDialog = lazyDialog<DeleteAccountModalProps>(
  async () => (await import('./delete-account-modal')).DeleteAccountModal,
);

interface AccountEndPanelProps {
  readonly username: string;
  readonly onDeleted: () => void;
}

/** Taking everything along, and going. */
export function AccountEndPanel({ username, onDeleted }: AccountEndPanelProps) {
  const [leaving, setLeaving] = useState(false);
  return (
    <Panel title="Your data">
      <PanelAction
        title="A copy of it"
        text="Everything that is kept about you, in one JSON file. Images are pulled as ever."
      >
        <Button
          component="a"
          variant="default"
          size="xs"
          leftSection={<IconDownload size={14} />}
          href={hrefOf(accountEndRoutes.exportAccount)}
          download
        >
          Save my data
        </Button>
      </PanelAction>
      <PanelAction
        title="Delete account"
        text="You are shown what goes and what stays before anything happens. It can’t be taken back."
      >
        <Button variant="default" size="xs" onClick={() => setLeaving(true)}>
          Delete my account…
        </Button>
      </PanelAction>
      <DeleteAccountDialog
        opened={leaving}
        username={username}
        onDeleted={onDeleted}
        onClose={() => setLeaving(false)}
      />
    </Panel>
  );
}
