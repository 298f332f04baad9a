import { Select, Text } from '@mantine/core';
import { ROLES, type Role } from '@stowage/contracts';
import { ROLE_DESCRIPTIONS, roleLabel } from './roles';

const OPTIONS = ROLES.map((role) => ({ value: role, label: roleLabel(role) }));

interface RoleSelectProps {
  readonly value: Role;
  readonly onChange: (role: Role) => void;
  readonly ariaLabel?: string;
  readonly label?: string;
  readonly disabled?: boolean;
  readonly size?: string;
}

export function RoleSelect({ value, onChange, ariaLabel, label, disabled = false, size = 'sm' }: RoleSelectProps) {
  return (
    <Select
      label={label}
      aria-label={ariaLabel}
      data={OPTIONS}
      value={value}
      size={size}
      disabled={disabled}
      allowDeselect={false}
      checkIconPosition="right"
      comboboxProps={{ width: 280, position: 'bottom-start' }}
      onChange={(role) => role && onChange(role)}
      renderOption={({ option }) => (
        <div>
          <Text fz="sm" fw={550}>
            {option.label}
          </Text>
          <Text fz="xs" c="dimmed">
            {ROLE_DESCRIPTIONS[option.value]}
          </Text>
        </div>
      )}
    />
  );
}
