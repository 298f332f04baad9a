import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import type { RetentionKeep } from '@stowage/contracts';
import classes from './tag-rules.module.css';
import { KEEP_KINDS, keepOf } from './words';

interface KeepFieldsProps {
  /** From 1. */
  readonly place: number;
  readonly keep: RetentionKeep;
  readonly onChange: (keep: RetentionKeep) => void;
}

/** What a rule keeps. */
export function KeepFields({ place, keep, onChange }: KeepFieldsProps) {
  return (
    <div className={classes.keep}>
      <NativeSelect
        label="Keep"
        aria-label={`Keep, rule ${place}`}
        data={KEEP_KINDS.map(({ value, label }) => ({ value, label }))}
        value={keep.kind}
        onChange={(event) => onChange(keepOf(event.currentTarget.value as RetentionKeep['kind']))}
      />
      {'count' in keep ? (
        <NumberInput
          label="How many"
          aria-label={`How many, rule ${place}`}
          min={1}
          max={10_000}
          allowDecimal={false}
          value={keep.count}
          onChange={(count) => onChange({ ...keep, count: Number(count) || 0 })}
        />
      ) : null}
      {'days' in keep ? (
        <NumberInput
          label="Days"
          aria-label={`Days, rule ${place}`}
          min={1}
          max={3650}
          allowDecimal={false}
          value={keep.days}
          onChange={(days) => onChange({ ...keep, days: Number(days) || 0 })}
        />
      ) : null}
      {keep.kind === 'newest-versions' ? (
        <NativeSelect
          label="Of"
          aria-label={`Of, rule ${place}`}
          data={[
            { value: 'repository', label: 'all versions' },
            { value: 'major', label: 'each major version' },
            { value: 'minor', label: 'each minor version' },
          ]}
          value={keep.per}
          onChange={(event) => onChange({ ...keep, per: event.currentTarget.value as typeof keep.per })}
        />
      ) : null}
      {keep.kind === 'versions-in' ? (
        <TextInput
          className={classes.mono ?? ''}
          label="Range"
          aria-label={`Range, rule ${place}`}
          placeholder=">=2.0.0"
          value={keep.range}
          onChange={(event) => onChange({ ...keep, range: event.currentTarget.value })}
        />
      ) : null}
    </div>
  );
}
