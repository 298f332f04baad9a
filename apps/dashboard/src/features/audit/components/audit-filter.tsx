import { NativeSelect, TextInput } from '@mantine/core';
import type { AuditFilterValues } from '../api/audit-events';
import { ACTION_GROUPS } from './actions';
import classes from './audit.module.css';

interface AuditFilterProps {
  readonly values: AuditFilterValues;
  readonly onChange: (values: AuditFilterValues) => void;
}

export function AuditFilter({ values, onChange }: AuditFilterProps) {
  const field = (name: keyof AuditFilterValues) => ({
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...values, [name]: event.currentTarget.value }),
  });
  return (
    <search className={classes.filter} aria-label="Filter events">
      <NativeSelect label="About" data={[...ACTION_GROUPS]} {...field('action')} />
      <TextInput label="By" placeholder="username" autoComplete="off" {...field('actor')} />
      <TextInput
        label="Name contains"
        placeholder="repository, tag or digest"
        autoComplete="off"
        {...field('target')}
      />
      <TextInput label="From" type="date" {...field('from')} />
      <TextInput label="Until" type="date" {...field('to')} />
    </search>
  );
}
