import { Text } from '@mantine/core';
import classes from './grants.module.css';

interface GrantChipsProps {
  readonly grants: readonly { readonly repository: string; readonly actions: readonly string[] }[];
  /** More than these are counted; all of them are in the title. */
  readonly limit?: number;
}

/** Grants in a table: `acme/team/*` and what may be done there. */
export function GrantChips({ grants, limit = 3 }: GrantChipsProps) {
  if (grants.length === 0) {
    return (
      <Text span fz="sm" c="dimmed">
        Nothing
      </Text>
    );
  }
  const hidden = grants.length - limit;
  const whole = grants.map(({ repository, actions }) => `${repository}: ${actions.join(', ')}`).join('\n');
  return (
    <ul className={classes.chips} title={whole}>
      {grants.slice(0, limit).map(({ repository, actions }) => (
        <li key={repository} className={classes.chip}>
          <code>{repository}</code> <span className={classes.dimmed}>{actions.join(', ')}</span>
        </li>
      ))}
      {hidden > 0 ? <li className={classes.dimmed}>and {hidden} more</li> : null}
    </ul>
  );
}
