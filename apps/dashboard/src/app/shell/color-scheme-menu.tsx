import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { DropdownMenu, MenuItem } from '../../components/ui/dropdown-menu';
import classes from './shell.module.css';

const SCHEMES: readonly { value: MantineColorScheme; label: string; icon: typeof IconSun }[] = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
];

export function ColorSchemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = SCHEMES.find(({ value }) => value === colorScheme)?.icon ?? IconDeviceDesktop;
  return (
    <DropdownMenu label="Color scheme" width={190} triggerClass={classes.scheme} trigger={<Current size={18} />}>
      {SCHEMES.map(({ value, label, icon: Icon }) => (
        <MenuItem
          key={value}
          icon={<Icon size={16} />}
          chosen={value === colorScheme}
          onClick={() => setColorScheme(value)}
        >
          {label}
        </MenuItem>
      ))}
    </DropdownMenu>
  );
}
