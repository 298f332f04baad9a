import { Menu, TextInput, UnstyledButton } from '@mantine/core';
import { IconCheck, IconLayoutGrid, IconPlus, IconSelector } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
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
  const shown = namespaces.filter(({ name, displayName }) => `${name} ${displayName}`.toLowerCase().includes(filter.trim().toLowerCase()));
  return (
    <Menu position="bottom-start" width={280} onClose={() => setFilter('')}>
      <Menu.Target>
        <UnstyledButton className={classes.switcher} aria-label={`Switch namespace${current ? `, now ${current}` : ''}`}>
          {current ? <NameTile name={current} size={22} round={isRound(current)} /> : <IconLayoutGrid size={18} className={classes.dimmed} />}
          <span className={classes.switcherName}>{current ?? 'All namespaces'}</span>
          <IconSelector size={16} className={classes.dimmed} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
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
            <Menu.Item
              key={name}
              leftSection={<NameTile name={name} size={22} round={kind === 'personal'} />}
              rightSection={name === current ? <IconCheck size={16} /> : null}
              renderRoot={(props) => <Link to="/n/$namespace" params={{ namespace: name }} {...props} />}
            >
              {name}
            </Menu.Item>
          ))}
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLayoutGrid size={16} />} renderRoot={(props) => <Link to="/" {...props} />}>
          All namespaces
        </Menu.Item>
        <Menu.Item leftSection={<IconPlus size={16} />} onClick={onCreate}>
          New namespace
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
