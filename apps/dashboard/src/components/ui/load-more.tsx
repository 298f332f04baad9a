import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import classes from './load-more.module.css';

type Pages = Pick<
  UseInfiniteQueryResult,
  'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage' | 'isFetchNextPageError'
>;

export function LoadMore({ query, shown }: { readonly query: Pages; readonly shown: number }) {
  if (!query.hasNextPage) return null;
  return (
    <div className={classes.bar}>
      <span>{query.isFetchNextPageError ? 'The next page did not load.' : `${shown} shown`}</span>
      <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        Load more
      </Button>
    </div>
  );
}
