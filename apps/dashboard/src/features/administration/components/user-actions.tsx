import type { ManagedUser } from '@stowage/contracts';
import {
  IconDots,
  IconKeyOff,
  IconLink,
  IconMail,
  IconShield,
  IconShieldOff,
  IconUserCheck,
  IconUserOff,
  IconUserShare,
} from '@tabler/icons-react';
import { DropdownMenu, MenuItem } from '../../../components/ui/dropdown-menu';
import classes from './administration.module.css';
import type { UserStep } from './change-user-dialog';
import type { ResetStep } from './password-reset-dialog';

interface UserActionsProps {
  readonly user: ManagedUser;
  readonly sendsMail: boolean;
  readonly onChoose: (step: UserStep | 'act' | 'reset') => void;
  readonly onReset: (delivery: ResetStep) => void;
}

export function UserActions({ user, sendsMail, onChoose, onReset }: UserActionsProps) {
  const { username, isAdmin, disabledAt, hasSecondFactor } = user;
  return (
    <DropdownMenu
      label={`Actions for ${username}`}
      width={240}
      triggerClass={classes.more}
      trigger={<IconDots size={18} aria-hidden />}
    >
      {sendsMail && !disabledAt ? (
        <MenuItem icon={<IconMail size={16} />} onClick={() => onReset('mail')}>
          Send password link
        </MenuItem>
      ) : null}
      {disabledAt ? null : (
        <MenuItem icon={<IconLink size={16} />} onClick={() => onReset('show')}>
          Show password link
        </MenuItem>
      )}
      {isAdmin ? (
        <MenuItem icon={<IconShieldOff size={16} />} onClick={() => onChoose('demote')}>
          Take administration away
        </MenuItem>
      ) : (
        <MenuItem icon={<IconShield size={16} />} onClick={() => onChoose('promote')}>
          Make administrator
        </MenuItem>
      )}
      {hasSecondFactor ? (
        <MenuItem icon={<IconKeyOff size={16} />} onClick={() => onChoose('reset')}>
          Reset second factors
        </MenuItem>
      ) : null}
      {isAdmin || disabledAt ? null : (
        <MenuItem icon={<IconUserShare size={16} />} onClick={() => onChoose('act')}>
          Act as this user
        </MenuItem>
      )}
      {disabledAt ? (
        <MenuItem icon={<IconUserCheck size={16} />} onClick={() => onChoose('enable')}>
          Enable account
        </MenuItem>
      ) : (
        <MenuItem icon={<IconUserOff size={16} />} onClick={() => onChoose('disable')}>
          Disable account
        </MenuItem>
      )}
    </DropdownMenu>
  );
}
