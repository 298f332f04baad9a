import { Modal } from '@mantine/core';
import type { Robot } from '@stowage/contracts';
import { RelativeTime } from '../../../components/ui/relative-time';
import { notify } from '../../../lib/notify';
import { useUpdateRobot } from '../api/robots';
import { RobotForm } from './robot-form';
import { toUpdateRobot, valuesOf } from './robot-values';

interface EditRobotDialogProps {
  readonly opened: boolean;
  readonly namespace: string;
  readonly robot: Robot;
  readonly repositories: readonly string[];
  readonly onClose: () => void;
}

export function EditRobotDialog({ opened, namespace, robot, repositories, onClose }: EditRobotDialogProps) {
  const update = useUpdateRobot(namespace);
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={`Robot “${robot.login}”`}>
      <RobotForm
        isExisting
        namespace={namespace}
        initial={valuesOf(namespace, robot)}
        repositories={repositories}
        expiryHint={
          robot.expiresAt ? (
            <>
              Counted from today. It ends <RelativeTime value={robot.expiresAt} /> as it is.
            </>
          ) : (
            'Counted from today. It never ends as it is.'
          )
        }
        action="Save"
        busy={update.isPending}
        onCancel={onClose}
        onSubmit={(values, onError) =>
          update.mutate(
            { name: robot.name, ...toUpdateRobot(namespace, values) },
            {
              onSuccess: () => {
                notify({ message: `${robot.login} is changed. It counts at once for whatever it writes.` });
                onClose();
              },
              onError,
            },
          )
        }
      />
    </Modal>
  );
}
