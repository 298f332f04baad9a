import { Radio, Stack } from '@mantine/core';
import { VISIBILITIES, type Visibility } from '@stowage/contracts';
import { VISIBILITY_VIEWS } from './visibilities';

interface VisibilityFieldProps {
  readonly label?: string;
  readonly description?: string;
  readonly value: Visibility;
  readonly onChange: (value: Visibility) => void;
}

export function VisibilityField({ label = 'Visibility', description, value, onChange }: VisibilityFieldProps) {
  return (
    <Radio.Group
      label={label}
      description={description}
      value={value}
      onChange={(next) => onChange(next as Visibility)}
    >
      <Stack gap="sm" mt="xs">
        {VISIBILITIES.map((visibility) => (
          <Radio
            key={visibility}
            value={visibility}
            label={VISIBILITY_VIEWS[visibility].label}
            description={VISIBILITY_VIEWS[visibility].description}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
