import { Checkbox, Input, NumberInput } from '@mantine/core';
import type { RetentionPolicy } from '@stowage/contracts';
import classes from './tag-rules.module.css';

type Guards = RetentionPolicy['guards'];

interface GuardFieldsProps {
  readonly guards: Guards;
  readonly onChange: (guards: Guards) => void;
}

const A_MONTH = 30;

/** What is never deleted. */
export function GuardFields({ guards, onChange }: GuardFieldsProps) {
  const { latest, inIndex, pulledWithinDays } = guards;
  return (
    <Input.Wrapper label="Never delete" description="Immutable tags never go either" labelElement="div">
      <div className={classes.guards} style={{ marginTop: '0.625rem' }}>
        <Checkbox
          label="latest"
          checked={latest}
          onChange={(event) => onChange({ ...guards, latest: event.currentTarget.checked })}
        />
        <Checkbox
          label="Images that an index names"
          checked={inIndex}
          onChange={(event) => onChange({ ...guards, inIndex: event.currentTarget.checked })}
        />
        <Checkbox
          label="What was pulled in the last days"
          checked={pulledWithinDays !== null}
          onChange={(event) => onChange({ ...guards, pulledWithinDays: event.currentTarget.checked ? A_MONTH : null })}
        />
        {pulledWithinDays === null ? null : (
          <NumberInput
            aria-label="Days since the last pull"
            maw={120}
            min={1}
            max={3650}
            allowDecimal={false}
            suffix=" days"
            value={pulledWithinDays}
            onChange={(value) => onChange({ ...guards, pulledWithinDays: Number(value) || 1 })}
          />
        )}
      </div>
    </Input.Wrapper>
  );
}
