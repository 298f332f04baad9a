import type { Robot } from '@stowage/contracts';
import { IconDots, IconKey, IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { DropdownMenu, MenuDivider, MenuItem } from '../../../components/ui/dropdown-menu';
import type { RobotStep } from './change-robot-dialog';
import classes from './robots.module.css';

export type RobotChoice = 'edit' | 'secrets' | RobotStep;

interface RobotActionsProps {
  readonly robot: Robot;
  readonly onChoose: (choice: RobotChoice) => void;
}

export function RobotActions({ robot, onChoose }: RobotActionsProps) {
  return (
    <DropdownMenu
      label={`Actions for ${robot.login}`}
      width={220}
      triggerClass={classes.more}
      trigger={<IconDots size={18} aria-hidden />}
    >
      <MenuItem icon={<IconPencil size={16} />} onClick={() => onChoose('edit')}>
        Change rights
      </MenuItem>
      <MenuItem icon={<IconKey size={16} />} onClick={() => onChoose('secrets')}>
        Secrets
      </MenuItem>
      {robot.disabledAt ? (
        <MenuItem icon={<IconPlayerPlay size={16} />} onClick={() => onChoose('enable')}>
          Enable
        </MenuItem>
      ) : (
        <MenuItem icon={<IconPlayerPause size={16} />} onClick={() => onChoose('disable')}>
          Disable
        </MenuItem>
      )}
      <MenuDivider />
      <MenuItem icon={<IconTrash size={16} />} className={classes.danger} onClick={() => onChoose('delete')}>
        Delete
      </MenuItem>
    </DropdownMenu>
  );
}
