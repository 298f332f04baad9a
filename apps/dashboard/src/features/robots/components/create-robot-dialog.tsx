import { Button, Group, Modal, Stack } from '@mantine/core';
import type { CreatedRobot } from '@stowage/contracts';
import { useState } from 'react';
import { CredentialSecret } from '../../../components/credentials/credential-secret';
import { useCreateRobot } from '../api/robots';
import { RobotForm } from './robot-form';
import { NEW_ROBOT, toCreateRobot } from './robot-values';

interface CreateRobotDialogProps {
  readonly opened: boolean;
  readonly namespace: string;
  readonly repositories: readonly string[];
  readonly onClose: () => void;
}

export function CreateRobotDialog({ opened, namespace, repositories, onClose }: CreateRobotDialogProps) {
  const [created, setCreated] = useState<CreatedRobot>();
  const create = useCreateRobot(namespace);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setCreated(undefined)}
      size="lg"
      title={created ? `Robot “${created.login}” created` : 'New robot'}
      // A click beside the dialog must not throw away a secret that can't be shown again.
      closeOnClickOutside={!created}
    >
      {created ? (
        <Stack gap="lg">
          <CredentialSecret what="robot secret" secret={created.secret} username={created.login} />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      ) : (
        <RobotForm
          namespace={namespace}
          initial={NEW_ROBOT}
          repositories={repositories}
          action="Create robot"
          busy={create.isPending}
          onCancel={onClose}
          onSubmit={(values, onError) =>
            create.mutate(toCreateRobot(namespace, values), { onSuccess: setCreated, onError })
          }
        />
      )}
    </Modal>
  );
}
