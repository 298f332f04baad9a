import { Skeleton } from '@mantine/core';
import classes from './state.module.css';

const WIDTHS = ['34%', '26%', '41%', '22%', '37%', '29%', '31%', '24%'];

/** The outline of a list that is on its way. */
export function ListSkeleton({ rows = 5 }: { readonly rows?: number }) {
  return (
    <div className={classes.skeleton} role="status" aria-label="Loading">
      {WIDTHS.slice(0, rows).map((width) => (
        <div key={width} className={classes.skeletonRow}>
          <Skeleton height={14} width={width} />
          <Skeleton height={12} width="14%" ml="auto" />
          <Skeleton height={12} width="10%" visibleFrom="sm" />
        </div>
      ))}
    </div>
  );
}
