import { Button } from '@mantine/core';
import { accountEndRoutes } from '@stowage/contracts';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { lazyDialog } from '../../../components/ui/lazy-dialog';
import { Panel } from '../../../components/ui/panel';
import { hrefOf } from '../../../lib/api/client';
import classes from './account-end.module.css';
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
      <div className={classes.row}>
        <div className={classes.about}>
          <h3 className={classes.heading}>A copy of it</h3>
          <p className={classes.text}>
            Everything that is kept about you, in one JSON file. Images are pulled as ever.
          </p>
        </div>
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
      </div>
      <div className={classes.row}>
        <div className={classes.about}>
          <h3 className={classes.heading}>Delete account</h3>
          <p className={classes.text}>
            You are shown what goes and what stays before anything happens. It can’t be taken back.
          </p>
        </div>
        <Button variant="default" size="xs" onClick={() => setLeaving(true)}>
          Delete my account…
        </Button>
      </div>
      <DeleteAccountDialog
        opened={leaving}
        username={username}
        onDeleted={onDeleted}
        onClose={() => setLeaving(false)}
      />
    </Panel>
  );
}
