import type { RetentionResult } from '@stowage/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { DigestText } from '../../../components/ui/digest-text';
import { EmptyState } from '../../../components/ui/empty-state';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { LoadMore } from '../../../components/ui/load-more';
import { Panel } from '../../../components/ui/panel';
import { RelativeTime } from '../../../components/ui/relative-time';
import { itemsOf } from '../../../lib/api/keyset-query';
import type { RulesOwner } from '../api/owner';
import { retentionResultsQuery } from '../api/retention';
import { outcomeWords } from './words';

const COLUMNS: readonly Column<RetentionResult>[] = [
  { header: 'Tag', primary: true, cell: ({ repository, tag }) => `${repository}:${tag}` },
  { header: 'What happened', cell: outcomeWords },
  { header: 'Rule', cell: ({ rule }) => rule },
  { header: 'Image', cell: ({ digest }) => <DigestText digest={digest} /> },
  { header: 'When', cell: ({ at }) => <RelativeTime value={at} /> },
];

/** What retention did with single tags; kept for 90 days. */
export function RetentionResults({ owner }: { readonly owner: RulesOwner }) {
  const query = useInfiniteQuery(retentionResultsQuery(owner));
  const results = itemsOf(query.data);
  return (
    <Panel flush title="What retention did">
      {query.isPending ? (
        <ListSkeleton rows={3} />
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : results.length === 0 ? (
        <EmptyState title="Nothing in the last 90 days">
          Each tag that a run deletes, or leaves because it changed meanwhile, is listed here.
        </EmptyState>
      ) : (
        <>
          <DataTable label="What retention did" columns={COLUMNS} rows={results} rowKey={({ id }) => id} />
          <LoadMore query={query} shown={results.length} />
        </>
      )}
    </Panel>
  );
}
