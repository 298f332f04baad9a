import { Button, Group, Modal, Stack } from '@mantine/core';
import type { TrustRule } from '@stowage/contracts';
import { useState } from 'react';
import { CreateRuleForm } from './create-rule-form';
import { RuleUsage } from './rule-usage';

interface CreateRuleDialogProps {
  readonly opened: boolean;
  readonly namespace: string;
  readonly audience: string;
  readonly onClose: () => void;
}

/** The form, and then what the job needs. */
export function CreateRuleDialog({ opened, namespace, audience, onClose }: CreateRuleDialogProps) {
  const [created, setCreated] = useState<TrustRule>();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setCreated(undefined)}
      size="lg"
      title={created ? `Rule “${created.name}” created` : 'New trust rule'}
    >
      {created ? (
        <Stack gap="lg">
          <RuleUsage rule={created} />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      ) : (
        <CreateRuleForm namespace={namespace} audience={audience} onCancel={onClose} onCreated={setCreated} />
      )}
    </Modal>
  );
}
