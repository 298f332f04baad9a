import { Menu, UnstyledButton } from '@mantine/core';
import type { User } from '@stowage/contracts';
import { IconKey, IconLogout, IconPlus, IconUser } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
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
    <Menu width={230}>
      <Menu.Target>
        <UnstyledButton className={classes.account} aria-label="Account menu">
          <NameTile name={user.username} size={32} round />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.username}
          <br />
          {user.email}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUser size={16} />} renderRoot={(props) => <Link to="/n/$namespace" params={{ namespace: user.username }} {...props} />}>
          Your namespace
        </Menu.Item>
        <Menu.Item leftSection={<IconKey size={16} />} renderRoot={(props) => <Link to="/access-tokens" {...props} />}>
          Access tokens
        </Menu.Item>
        <Menu.Item className={classes.narrow ?? ''} leftSection={<IconPlus size={16} />} onClick={onCreateNamespace}>
          New namespace
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={leave}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
