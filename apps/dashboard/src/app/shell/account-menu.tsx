import type { User } from '@stowage/contracts';
import { IconApi, IconKey, IconLogout, IconPlus, IconSettings, IconShieldCog, IconUser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import {
  DropdownMenu,
  MenuAnchor,
  MenuDivider,
  MenuItem,
  MenuLabel,
  MenuLink,
} from '../../components/ui/dropdown-menu';
import { NameTile } from '../../components/ui/name-tile';
import { useSignOut } from '../../features/session/api/end-session';
import { messageOf } from '../../lib/api/api-error';
import { notify } from '../../lib/notify';
import classes from './shell.module.css';

interface AccountMenuProps {
  readonly user: User;
  readonly onCreateNamespace: () => void;
}

export function AccountMenu({ user, onCreateNamespace }: AccountMenuProps) {
  const signOut = useSignOut();
  const navigate = useNavigate();
  const leave = () =>
    signOut.mutate(undefined, {
      onSuccess: () => void navigate({ to: '/sign-in' }),
      onError: (error) => notify({ color: 'red', title: 'You are still signed in', message: messageOf(error) }),
    });
  return (
    <DropdownMenu
      label="Account menu"
      width={240}
      triggerClass={classes.account}
      trigger={<NameTile name={user.username} size={32} round />}
    >
      <MenuLabel>
        <b>{user.username}</b>
        {user.email}
      </MenuLabel>
      <MenuDivider />
      <MenuLink icon={<IconUser size={16} />} to="/n/$namespace" params={{ namespace: user.username }}>
        Your namespace
      </MenuLink>
      <MenuLink icon={<IconSettings size={16} />} to="/account">
        Account settings
      </MenuLink>
      <MenuLink icon={<IconKey size={16} />} to="/access-tokens">
        Access tokens
      </MenuLink>
      <MenuAnchor icon={<IconApi size={16} />} href="/api/docs">
        API documentation
      </MenuAnchor>
      {user.isAdmin ? (
        <MenuLink icon={<IconShieldCog size={16} />} to="/admin/overview">
          Administration
        </MenuLink>
      ) : null}
      <MenuItem className={classes.narrow} icon={<IconPlus size={16} />} onClick={onCreateNamespace}>
        New namespace
      </MenuItem>
      <MenuDivider />
      <MenuItem icon={<IconLogout size={16} />} onClick={leave}>
        Sign out
      </MenuItem>
    </DropdownMenu>
  );
}
