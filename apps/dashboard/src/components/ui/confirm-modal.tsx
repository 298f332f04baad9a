import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { messageOf } from '../../lib/api/api-error';

export interface ConfirmModalProps {
  readonly opened: boolean;
  readonly title: string;
  /** The button says what will happen ("Delete tag"), never "OK". */
  readonly action: string;
  /** Red unless it takes nothing away. */
  readonly color?: 'red' | 'petrol';
  readonly busy: boolean;
  readonly error?: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Before something that can't be taken back: says what goes and what stays. */
export function ConfirmModal(props: ConfirmModalProps) {
  const { opened, title, action, color = 'red', busy, error, onConfirm, onClose, children } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Stack gap="md">
        <div>{children}</div>
        {error ? <Alert color="red">{messageOf(error)}</Alert> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button {...(color === 'red' ? { color: 'red.8' } : {})} loading={busy} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
