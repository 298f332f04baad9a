import { Button } from '@mantine/core';
import { useState } from 'react';
import { lazyDialog } from '../../../components/ui/lazy-dialog';
import { Panel } from '../../../components/ui/panel';
import { PanelAction } from '../../../components/ui/panel-action';
import type { AccountNameModalProps } from './account-name-modal';

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
      <PanelAction title={username} text="What you sign in with, and what your personal namespace is called.">
        <Button variant="default" size="xs" onClick={() => setOpen('rename')}>
          Change username…
        </Button>
      </PanelAction>
      <PanelAction
        title="A team works here?"
        text="Make an organisation of your personal namespace: it keeps its name and its images, and gets other owners."
      >
        <Button variant="default" size="xs" onClick={() => setOpen('convert')}>
          Make an organisation…
        </Button>
      </PanelAction>
      <RenameAccountDialog opened={open === 'rename'} username={username} onClose={close} />
      <ConvertAccountDialog opened={open === 'convert'} username={username} onClose={close} />
    </Panel>
  );
}
