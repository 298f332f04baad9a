import { Checkbox, NumberInput, TextInput } from '@mantine/core';
import type { BulkFilter } from '@stowage/contracts';
import { useState } from 'react';

interface BulkFilterFieldsProps {
  readonly filter: BulkFilter;
  readonly onChange: (part: Partial<BulkFilter>) => void;
}

/** The conditions of a deletion by filter; all that are given must hold. */
export function BulkFilterFields({ filter, onChange }: BulkFilterFieldsProps) {
  const [patterns, setPatterns] = useState('');
  return (
    <>
      <TextInput
        label="Tags"
        description="Patterns such as pr-* or nightly-2025*, with spaces between."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={patterns}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          setPatterns(typed);
          onChange({ tags: typed.split(/[\s,]+/).filter((pattern) => pattern !== '') });
        }}
        data-autofocus
      />
      <Checkbox
        label="Images without a tag, too"
        checked={filter.untagged ?? false}
        onChange={(event) => onChange({ untagged: event.currentTarget.checked })}
      />
      <NumberInput
        label="Pushed at least so many days ago"
        hideControls
        min={0}
        max={3650}
        allowDecimal={false}
        value={filter.olderThanDays ?? ''}
        onChange={(days) => onChange({ olderThanDays: typeof days === 'number' ? days : undefined })}
      />
      <Checkbox
        label="Only what nobody has pulled"
        checked={filter.neverPulled ?? false}
        onChange={(event) => onChange({ neverPulled: event.currentTarget.checked })}
      />
    </>
  );
}
