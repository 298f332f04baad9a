import { Button, Group, Modal, Stack } from '@mantine/core';
import type { CreatedAccessToken } from '@stowage/contracts';
import { useState } from 'react';
import { CreateTokenForm } from './create-token-form';
import { CredentialSecret } from '../../../components/credentials/credential-secret';

interface CreateTokenDialogProps {
  readonly opened: boolean;
  readonly username: string;
  readonly namespaces: readonly string[];
  readonly onClose: () => void;
}

export function CreateTokenDialog({ opened, username, namespaces, onClose }: CreateTokenDialogProps) {
  const [created, setCreated] = useState<CreatedAccessToken>();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setCreated(undefined)}
      size="lg"
      title={created ? `Token “${created.name}” created` : 'New access token'}
      // A click beside the dialog must not throw away a secret that can't be shown again.
      closeOnClickOutside={!created}
    >
      {created ? (
        <Stack gap="lg">
          <CredentialSecret what="access token" secret={created.secret} username={username} />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      ) : (
        <CreateTokenForm namespaces={namespaces} onCancel={onClose} onCreated={setCreated} />
      )}
    </Modal>
  );
}
