import { Button, Group, Stack } from '@mantine/core';
import type { CreatedSignUpInvitation } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { CommandBlock } from '../../../components/ui/command-block';
import { serverInfoQuery } from '../../../lib/api/server-info';

interface InvitationMadeProps {
  readonly invitation: CreatedSignUpInvitation;
  readonly onClose: () => void;
}

/** The only time that the link is seen. */
export function InvitationMade({ invitation: { link, email }, onClose }: InvitationMadeProps) {
  const sendsMail = useQuery(serverInfoQuery).data?.sendsMail ?? false;
  return (
    <Stack gap="md">
      <CommandBlock label="Link of the invitation" command={link} prompt={false} />
      <div>
        {email === null
          ? 'It lets one person make an account. It is not shown again.'
          : `It lets ${email} make an account. ${sendsMail ? 'A letter with it is on its way.' : 'This registry sends no mail: hand it over.'}`}
      </div>
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
