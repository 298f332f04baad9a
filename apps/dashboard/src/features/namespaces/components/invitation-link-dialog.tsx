import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { CreatedInvitation } from '@stowage/contracts';
import { CommandBlock } from '../../../components/ui/command-block';
import { RelativeTime } from '../../../components/ui/relative-time';

export interface InvitationLinkDialogProps {
  readonly opened: boolean;
  readonly invitation: CreatedInvitation | undefined;
  readonly onClose: () => void;
}

/** The only time that the link is seen: afterwards only a new one can be made. */
export function InvitationLinkDialog({ opened, invitation, onClose }: InvitationLinkDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Invitation made" size="lg" closeOnClickOutside={false}>
      {invitation ? (
        <Stack gap="md">
          <Text>
            {invitation.email ? (
              <>
                A letter with this link goes to <strong>{invitation.email}</strong>. Only the account of that address
                can accept.
              </>
            ) : (
              'Give this link to one person: whoever opens it first can join.'
            )}{' '}
            It works once, and ends <RelativeTime value={invitation.expiresAt} />.
          </Text>
          <CommandBlock label="Invitation link" command={invitation.link} prompt={false} />
          <Alert color="yellow">Only its hash is stored, so it can’t be shown again. A new link ends this one.</Alert>
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      ) : null}
    </Modal>
  );
}
