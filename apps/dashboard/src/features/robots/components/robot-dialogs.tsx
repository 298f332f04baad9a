import type { Robot } from '@stowage/contracts';
import { useState } from 'react';
import { lazyDialog } from '../../../components/ui/lazy-dialog';
import { ChangeRobotDialog } from './change-robot-dialog';
import type { RobotChoice } from './robot-actions';

const EditRobotDialog = lazyDialog(async () => (await import('./edit-robot-dialog')).EditRobotDialog);
const RobotSecretsDialog = lazyDialog(async () => (await import('./robot-secrets-dialog')).RobotSecretsDialog);

export interface ChosenRobot {
  readonly name: string;
  readonly choice: RobotChoice;
}

interface RobotDialogsProps {
  readonly namespace: string;
  readonly robots: readonly Robot[];
  readonly repositories: readonly string[];
  readonly chosen: ChosenRobot | undefined;
  readonly onClose: () => void;
}

/** What can be done with one robot. The last one stays in its dialog while that closes. */
export function RobotDialogs({ namespace, robots, repositories, chosen, onClose }: RobotDialogsProps) {
  const [last, setLast] = useState(chosen);
  if (chosen && chosen !== last) setLast(chosen);
  const robot = robots.find(({ name }) => name === last?.name);
  if (!robot) return null;
  const choice = chosen?.choice;
  const step = choice === 'edit' || choice === 'secrets' ? undefined : choice;
  const common = { namespace, robot, onClose };
  return (
    <>
      <EditRobotDialog {...common} opened={choice === 'edit'} repositories={repositories} />
      <RobotSecretsDialog {...common} opened={choice === 'secrets'} />
      <ChangeRobotDialog namespace={namespace} change={step ? { robot, step } : undefined} onClose={onClose} />
    </>
  );
}
