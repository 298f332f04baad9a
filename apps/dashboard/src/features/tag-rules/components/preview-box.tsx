import { Skeleton } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState } from '../../../components/ui/error-state';
import { LoadMore } from '../../../components/ui/load-more';
import classes from './tag-rules.module.css';

interface PreviewBoxProps {
  readonly query: UseInfiniteQueryResult;
  /** How many entries are shown. */
  readonly shown: number;
  /** Some rule can't be understood as it stands: what is shown is of before. */
  readonly isInvalid: boolean;
  readonly children: ReactNode;
  readonly figures: ReactNode;
}

/** What rules would do, beside the rules that are being written. */
export function PreviewBox({ query, shown, isInvalid, figures, children }: PreviewBoxProps) {
  return (
    <section className={classes.preview} aria-label="Preview">
      <h3 className={classes.previewTitle}>What this would do now</h3>
      {query.isPending ? (
        <div role="status" aria-label="Loading">
          <Skeleton height={14} width="60%" />
          <Skeleton height={14} mt={12} width="80%" />
          <Skeleton height={14} mt={12} width="70%" />
        </div>
      ) : query.isError && !query.data ? (
        <ErrorState title="There is no preview" error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <div className={isInvalid || query.isPlaceholderData ? classes.stale : undefined}>
          {figures}
          {children}
          <LoadMore query={query} shown={shown} />
        </div>
      )}
    </section>
  );
}
