import type { Robot } from '@stowage/contracts';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { notify } from '../../../lib/notify';
import { useDeleteRobot, useUpdateRobot } from '../api/robots';

export type RobotStep = 'enable' | 'disable' | 'delete';

const WORDS: Record<RobotStep, { title: string; consequence: string; done: string }> = {
  enable: {
    title: 'Enable robot',
    consequence: 'may sign in again with the secrets that it has, and do what it may.',
    done: 'may sign in again.',
  },
  disable: {
    title: 'Disable robot',
    consequence:
      'can’t sign in any more and writes nothing from now on; pulls stop within half a minute. Secrets and rights stay for when it is enabled again.',
    done: 'is disabled.',
  },
  delete: {
    title: 'Delete robot',
    consequence:
      'goes for good, with its secrets, its rights and whatever it is uploading. Images that it pushed stay. Another robot may take the name, and gets nothing of this one.',
    done: 'is deleted.',
  },
};

interface ChangeRobotDialogProps {
  readonly namespace: string;
  readonly change: { readonly robot: Robot; readonly step: RobotStep } | undefined;
  readonly onClose: () => void;
}

export function ChangeRobotDialog({ namespace, change, onClose }: ChangeRobotDialogProps) {
  const update = useUpdateRobot(namespace);
  const remove = useDeleteRobot(namespace);
  const { title, consequence, done } = WORDS[change?.step ?? 'disable'];
  const close = () => {
    update.reset();
    remove.reset();
    onClose();
  };
  const confirm = () => {
    if (!change) return;
    const { robot, step } = change;
    const onSuccess = () => {
      notify({ message: `${robot.login} ${done}` });
      close();
    };
    if (step === 'delete') remove.mutate(robot.name, { onSuccess });
    else update.mutate({ name: robot.name, disabled: step === 'disable' }, { onSuccess });
  };
  return (
    <ConfirmDialog
      opened={change !== undefined}
      title={title}
      action={title}
      color={change?.step === 'enable' ? 'petrol' : 'red'}
      busy={update.isPending || remove.isPending}
      error={update.error ?? remove.error}
      onConfirm={confirm}
      onClose={close}
    >
      <strong>{change?.robot.login}</strong> {consequence}
    </ConfirmDialog>
  );
}
