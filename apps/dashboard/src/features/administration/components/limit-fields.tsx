import { NativeSelect, TextInput } from '@mantine/core';
import type { LimitName, Limits } from '@stowage/contracts';
import { useId } from 'react';
import { isBytes, LIMIT_LABELS, type LimitValue, type LimitValues, limitText, SHOWN_LIMITS } from './limit-values';
import classes from './limits.module.css';
import { QUOTA_UNITS, type QuotaUnit } from './quota-size';

interface LimitFieldsProps {
  readonly values: LimitValues;
  readonly errors: Readonly<Record<string, unknown>>;
  /** Those of the plan that a namespace is on; absent for a plan, which has no other to follow. */
  readonly plan?: Limits | undefined;
  readonly onChange: (name: LimitName, value: LimitValue) => void;
}

/** One line for each limit: whose it is, and how much. */
export function LimitFields({ values, errors, plan, onChange }: LimitFieldsProps) {
  return (
    <div className={classes.fields}>
      {SHOWN_LIMITS.map((name) => (
        <LimitField
          key={name}
          name={name}
          value={values[name]}
          error={errors[name]}
          plan={plan ? limitText(name, plan[name]) : undefined}
          onChange={(value) => onChange(name, value)}
        />
      ))}
    </div>
  );
}

interface LimitFieldProps {
  readonly name: LimitName;
  readonly value: LimitValue;
  readonly error: unknown;
  readonly plan: string | undefined;
  readonly onChange: (value: LimitValue) => void;
}

function LimitField({ name, value, error, plan, onChange }: LimitFieldProps) {
  const label = LIMIT_LABELS[name];
  const id = useId();
  const modes = [
    ...(plan === undefined ? [] : [{ value: 'plan', label: `As the plan: ${plan}` }]),
    { value: 'own', label: plan === undefined ? 'Limited to' : 'Its own limit' },
    { value: 'none', label: 'Unlimited' },
  ];
  return (
    <div className={classes.field} role="group" aria-labelledby={id}>
      <span id={id} className={classes.label}>
        {label}
      </span>
      <NativeSelect
        aria-label={`${label}: which limit`}
        data={modes}
        value={value.mode}
        onChange={(event) => onChange({ ...value, mode: event.currentTarget.value as LimitValue['mode'] })}
      />
      {value.mode === 'own' ? (
        <div className={classes.amount}>
          <TextInput
            aria-label={label}
            inputMode="decimal"
            autoComplete="off"
            value={value.amount}
            error={typeof error === 'string' ? error : undefined}
            onChange={(event) => onChange({ ...value, amount: event.currentTarget.value })}
          />
          {isBytes(name) ? (
            <NativeSelect
              aria-label={`${label}: unit`}
              data={[...QUOTA_UNITS]}
              value={value.unit}
              onChange={(event) => onChange({ ...value, unit: event.currentTarget.value as QuotaUnit })}
            />
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
