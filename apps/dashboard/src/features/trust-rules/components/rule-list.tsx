import { Button, Group, Text } from '@mantine/core';
import type { TrustRule } from '@stowage/contracts';
import { useState } from 'react';
import { GrantChips } from '../../../components/grants/grant-chips';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { lazyDialog } from '../../../components/ui/lazy-dialog';
import { RelativeTime } from '../../../components/ui/relative-time';
import { DeleteRuleDialog } from './delete-rule-dialog';
import { presetOf } from './presets';
import classes from './trust-rules.module.css';

const RuleUsageDialog = lazyDialog(async () => (await import('./rule-usage-dialog')).RuleUsageDialog);

const COLUMNS: readonly Column<TrustRule>[] = [
  {
    header: 'Rule',
    primary: true,
    cell: ({ name, issuer }) => (
      <div className={classes.rule}>
        <span className={classes.name}>{name}</span>
        <span className={classes.issuer}>{issuerLabel(issuer)}</span>
      </div>
    ),
  },
  {
    header: 'Only jobs with',
    cell: ({ claims }) => (
      <ul className={classes.conditions}>
        {Object.entries(claims).map(([claim, pattern]) => (
          <li key={claim}>
            <span className={classes.dimmed}>{claim}</span> <code>{pattern}</code>
          </li>
        ))}
      </ul>
    ),
  },
  { header: 'May', cell: ({ grants }) => <GrantChips grants={grants} /> },
  {
    header: 'Last used',
    width: '11rem',
    cell: ({ lastUsedAt, lastUsedBy }) =>
      lastUsedAt ? (
        <div className={classes.rule}>
          <RelativeTime value={lastUsedAt} />
          <span className={classes.issuer}>{lastUsedBy}</span>
        </div>
      ) : (
        <Text span fz="sm" c="dimmed">
          Never
        </Text>
      ),
  },
];

interface RuleListProps {
  readonly namespace: string;
  readonly rules: readonly TrustRule[];
}

export function RuleList({ namespace, rules }: RuleListProps) {
  const [shown, setShown] = useState<TrustRule>();
  const [isShown, setIsShown] = useState(false);
  const [deleting, setDeleting] = useState<TrustRule>();
  const columns: Column<TrustRule>[] = [
    ...COLUMNS,
    {
      header: 'Actions',
      actions: true,
      cell: (rule) => (
        <Group gap={4} wrap="nowrap" justify="flex-end">
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={`Use in CI: ${rule.name}`}
            onClick={() => {
              setShown(rule);
              setIsShown(true);
            }}
          >
            Use in CI
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`Delete ${rule.name}`}
            onClick={() => setDeleting(rule)}
          >
            Delete
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <>
      <DataTable label="Trust rules" columns={columns} rows={rules} rowKey={({ id }) => id} />
      <RuleUsageDialog opened={isShown} rule={shown} onClose={() => setIsShown(false)} />
      <DeleteRuleDialog namespace={namespace} rule={deleting} onClose={() => setDeleting(undefined)} />
    </>
  );
}

function issuerLabel(issuer: string): string {
  const { name, label, issuer: usual } = presetOf(issuer);
  return name === 'github' || usual === 'https://gitlab.com' ? label : issuer;
}
