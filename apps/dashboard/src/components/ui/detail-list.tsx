import type { ReactNode } from 'react';
import classes from './detail-list.module.css';

export type Detail = readonly [term: string, value: ReactNode];

/** Terms and their values; entries without a value are left out. */
export function DetailList({ details }: { readonly details: readonly Detail[] }) {
  const shown = details.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return (
    <dl className={classes.list}>
      {shown.map(([term, value]) => (
        <div key={term} className={classes.row}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
