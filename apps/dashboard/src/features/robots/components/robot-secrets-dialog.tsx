import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type CreatedRobotSecret, MAX_ROBOT_SECRETS, type Robot } from '@stowage/contracts';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { CredentialSecret } from '../../../components/credentials/credential-secret';
import { FormProblem } from '../../../components/ui/form-problem';
import { messageOf } from '../../../lib/api/api-error';
import { useCreateRobotSecret, useDeleteRobotSecret } from '../api/robots';
import { RobotSecretRow } from './robot-secret-row';
import classes from './robots.module.css';

interface RobotSecretsDialogProps {
  readonly opened: boolean;
  readonly namespace: string;
  readonly robot: Robot;
  readonly onClose: () => void;
}

/** Replacing a secret without a pause: make the second, put it where the first is used, take the first back. */
export function RobotSecretsDialog({ opened, namespace, robot, onClose }: RobotSecretsDialogProps) {
  const [created, setCreated] = useState<CreatedRobotSecret>();
  const create = useCreateRobotSecret(namespace);
  const remove = useDeleteRobotSecret(namespace);
  const isFull = robot.secrets.length >= MAX_ROBOT_SECRETS;
  const error = create.error ?? remove.error;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setCreated(undefined)}
      size="lg"
      title={`Secrets of “${robot.login}”`}
      closeOnClickOutside={!created}
    >
      {created ? (
        <Stack gap="lg">
          <CredentialSecret what="robot secret" secret={created.secret} username={robot.login} />
          <Group justify="flex-end">
            <Button onClick={() => setCreated(undefined)}>I have copied it</Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          <Text>
            Two secrets may live at a time. To replace one without a pause, make a new one, put it where the old one is
            used, and take the old one back when it is not used any more.
          </Text>
          <FormProblem text={error && messageOf(error)} />
          {robot.secrets.length === 0 ? (
            <Text c="dimmed">It has none, so it can’t sign in.</Text>
          ) : (
            <ul className={classes.secrets} aria-label="Secrets">
              {robot.secrets.map((secret) => (
                <RobotSecretRow
                  key={secret.id}
                  secret={secret}
                  busy={remove.isPending && remove.variables.id === secret.id}
                  onTakeBack={() => remove.mutate({ name: robot.name, id: secret.id })}
                />
              ))}
            </ul>
          )}
          <Group justify="space-between" gap="xs">
            <Button
              variant="default"
              leftSection={<IconPlus size={16} />}
              disabled={isFull}
              title={isFull ? 'Take one back first' : undefined}
              loading={create.isPending}
              onClick={() => create.mutate(robot.name, { onSuccess: setCreated })}
            >
              New secret
            </Button>
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
