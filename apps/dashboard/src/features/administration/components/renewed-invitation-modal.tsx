import { Modal } from '@mantine/core';
import type { CreatedSignUpInvitation } from '@stowage/contracts';
import { InvitationMade } from './invitation-made';

export interface RenewedInvitationModalProps {
  readonly opened: boolean;
  readonly invitation: CreatedSignUpInvitation | undefined;
  readonly onClose: () => void;
}

/** The link before this one ended when this one was made. */
export function RenewedInvitationModal({ opened, invitation, onClose }: RenewedInvitationModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title="New link made" closeOnClickOutside={false}>
      {invitation ? <InvitationMade invitation={invitation} onClose={onClose} /> : null}
    </Modal>
  );
}
