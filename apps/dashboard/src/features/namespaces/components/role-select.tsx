import { NativeSelect } from '@mantine/core';
import { ROLES, type Role } from '@stowage/contracts';
import { ROLE_DESCRIPTIONS, roleLabel } from './roles';

const OPTIONS = ROLES.map((role) => ({ value: role, label: roleLabel(role) }));

interface RoleSelectProps {
  readonly value: Role;
  readonly onChange: (role: Role) => void;
  readonly ariaLabel?: string;
  readonly label?: string;
  /** Says under the field what the chosen role may do. */
  readonly described?: boolean;
  readonly disabled?: boolean;
  readonly size?: string;
}

export function RoleSelect({
  value,
  onChange,
  ariaLabel,
  label,
  described = false,
  disabled = false,
  size = 'sm',
}: RoleSelectProps) {
  return (
    <NativeSelect
      label={label}
      aria-label={ariaLabel}
      title={ROLE_DESCRIPTIONS[value]}
      description={described ? ROLE_DESCRIPTIONS[value] : undefined}
      inputWrapperOrder={['label', 'input', 'description']}
      data={OPTIONS}
      value={value}
      size={size}
      disabled={disabled}
      onChange={(event) => onChange(event.currentTarget.value as Role)}
    />
  );
}
