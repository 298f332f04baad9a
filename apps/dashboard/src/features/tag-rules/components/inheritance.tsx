import { SegmentedControl } from '@mantine/core';

interface InheritanceProps {
  /** What is chosen about. */
  readonly label: string;
  readonly isOwn: boolean;
  readonly onChange: (isOwn: boolean) => void;
}

/** Whether a repository has what its namespace says, or something of its own. */
export function Inheritance({ label, isOwn, onChange }: InheritanceProps) {
  return (
    <SegmentedControl
      w="fit-content"
      aria-label={label}
      data={[
        { value: 'inherited', label: 'As the namespace says' },
        { value: 'own', label: 'Rules of its own' },
      ]}
      value={isOwn ? 'own' : 'inherited'}
      onChange={(value) => onChange(value === 'own')}
    />
  );
}
