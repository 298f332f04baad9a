import { TextInput } from '@mantine/core';
import { IconLayoutGrid, IconPlus, IconSelector } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DropdownMenu, MenuDivider, MenuItem, MenuLink } from '../../components/ui/dropdown-menu';
import { NameTile } from '../../components/ui/name-tile';
import { namespacesQuery } from '../../features/namespaces/api/list-namespaces';
import classes from './shell.module.css';

/** With fewer there is nothing to search for. */
const WORTH_FILTERING = 8;

interface NamespaceSwitcherProps {
  readonly current: string | undefined;
  readonly onCreate: () => void;
}

export function NamespaceSwitcher({ current, onCreate }: NamespaceSwitcherProps) {
  const { data: namespaces = [] } = useQuery(namespacesQuery);
  const [filter, setFilter] = useState('');
  const isRound = (name: string) => namespaces.some((entry) => entry.name === name && entry.kind === 'personal');
  const shown = namespaces.filter(({ name, displayName }) =>
    `${name} ${displayName}`.toLowerCase().includes(filter.trim().toLowerCase()),
  );
  const trigger = (
    <>
      {current ? (
        <NameTile name={current} size={22} round={isRound(current)} />
      ) : (
        <IconLayoutGrid size={18} className={classes.dimmed} />
      )}
      <span className={classes.switcherName}>{current ?? 'All namespaces'}</span>
      <IconSelector size={16} className={classes.dimmed} aria-hidden />
    </>
  );
  return (
    <DropdownMenu
      label={`${current ?? 'All namespaces'}, switch namespace`}
      align="start"
      width={280}
      triggerClass={classes.switcher}
      trigger={trigger}
      onClose={() => setFilter('')}
    >
      {namespaces.length >= WORTH_FILTERING ? (
        <TextInput
          aria-label="Filter namespaces"
          placeholder="Filter namespaces"
          size="xs"
          mb={4}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      ) : null}
      <div className={classes.namespaces}>
        {shown.map(({ name, kind }) => (
          <MenuLink
            key={name}
            icon={<NameTile name={name} size={22} round={kind === 'personal'} />}
            chosen={name === current}
            to="/n/$namespace"
            params={{ namespace: name }}
          >
            {name}
          </MenuLink>
        ))}
      </div>
      <MenuDivider />
      <MenuLink icon={<IconLayoutGrid size={16} />} to="/">
        All namespaces
      </MenuLink>
      <MenuItem icon={<IconPlus size={16} />} onClick={onCreate}>
        New namespace
      </MenuItem>
    </DropdownMenu>
  );
}
