import { Button } from '@mantine/core';
import { useState } from 'react';
import { lazyDialog } from '../../../components/ui/lazy-dialog';
import { Panel } from '../../../components/ui/panel';
import type { AccountNameModalProps } from './account-name-modal';
import classes from './account-names.module.css';

const RenameAccountDialog = lazyDialog<AccountNameModalProps>(
  async () => (await import('./rename-account-modal')).RenameAccountModal,
);
const ConvertAccountDialog = lazyDialog<AccountNameModalProps>(
  async () => (await import('./convert-account-modal')).ConvertAccountModal,
);

/** What somebody is called, and may become. */
export function AccountNamesPanel({ username }: { readonly username: string }) {
  const [open, setOpen] = useState<'rename' | 'convert'>();
  const close = () => setOpen(undefined);
  return (
    <Panel title="Username">
      <div className={classes.row}>
        <div className={classes.about}>
          <h3 className={classes.heading}>{username}</h3>
          <p className={classes.text}>What you sign in with, and what your personal namespace is called.</p>
        </div>
        <Button variant="default" size="xs" onClick={() => setOpen('rename')}>
          Change username…
        </Button>
      </div>
      <div className={classes.row}>
        <div className={classes.about}>
          <h3 className={classes.heading}>A team works here?</h3>
          <p className={classes.text}>
            Make an organisation of your personal namespace: it keeps its name and its images, and gets other owners.
          </p>
        </div>
        <Button variant="default" size="xs" onClick={() => setOpen('convert')}>
          Make an organisation…
        </Button>
      </div>
      <RenameAccountDialog opened={open === 'rename'} username={username} onClose={close} />
      <ConvertAccountDialog opened={open === 'convert'} username={username} onClose={close} />
    </Panel>
  );
}
