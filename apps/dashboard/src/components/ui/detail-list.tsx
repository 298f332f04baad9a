import type { ReactNode } from 'react';
import classes from './detail-list.module.css';

export type Detail = readonly [term: string, value: ReactNode];

interface DetailListProps {
  readonly details: readonly Detail[];
  /** For terms such as `org.opencontainers.image.created`. */
  readonly wideTerms?: boolean;
}

/** Terms and their values; entries without a value are left out. */
export function DetailList({ details, wideTerms = false }: DetailListProps) {
  const shown = details.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return (
    <dl className={classes.list} data-wide={wideTerms ? '' : undefined}>
      {shown.map(([term, value]) => (
        <div key={term} className={classes.row}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
