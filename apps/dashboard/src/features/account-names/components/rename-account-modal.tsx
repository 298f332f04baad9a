import { Modal } from '@mantine/core';
import type { AccountNameModalProps } from './account-name-modal';
import { RenameAccountForm } from './rename-account-form';

export function RenameAccountModal({ opened, username, onClose }: AccountNameModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Change username">
      {/* What was typed and not sent is gone when it opens again. */}
      {opened ? <RenameAccountForm username={username} onEnd={onClose} /> : null}
    </Modal>
  );
}
