import { Modal } from '@mantine/core';
import type { AccountNameModalProps } from './account-name-modal';
import { ConvertAccountForm } from './convert-account-form';

export function ConvertAccountModal({ opened, username, onClose }: AccountNameModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Make an organisation of ${username}`}>
      {/* What was typed and not sent is gone when it opens again. */}
      {opened ? <ConvertAccountForm username={username} onEnd={onClose} /> : null}
    </Modal>
  );
}
