import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { KeysetList } from '../../../components/ui/keyset-list';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { ListToolbar, NothingMatches } from '../../../components/ui/list-toolbar';
import { Panel } from '../../../components/ui/panel';
import { useListFilter } from '../../../components/ui/use-list-filter';
import { repositoriesQuery } from '../api/list-repositories';
import { RepositoryList } from './repository-list';

interface RepositoryBrowserProps {
  readonly namespace: string;
  readonly actions?: ReactNode;
  readonly empty: ReactNode;
}

const SORTS = [
  { value: 'name', label: 'By name, A–Z' },
  { value: '-name', label: 'By name, Z–A' },
  { value: '-lastPushedAt', label: 'Last pushed first' },
  { value: 'lastPushedAt', label: 'Longest not pushed first' },
] as const;
type Sort = (typeof SORTS)[number]['value'];

export function RepositoryBrowser({ namespace, actions, empty }: RepositoryBrowserProps) {
  const [sawEmpty, setSawEmpty] = useState(false);
  const state = useListFilter<Sort>('name');
  const { q } = state.filter;
  const query = useInfiniteQuery({
    ...repositoriesQuery(namespace, state.filter),
    placeholderData: keepPreviousData,
  });
  const hasNone = query.data?.pages[0]?.items.length === 0 && q === undefined && state.text === '';
  // Whoever saw the empty page waits there for a push to arrive: it stays until it is left.
  if (hasNone && !query.isFetching && !sawEmpty) setSawEmpty(true);
  if (sawEmpty) return empty;
  // An empty list from before, while a push may have filled it, is not yet known to be empty.
  if (hasNone || query.isPending)
    return (
      <Panel flush>
        <ListSkeleton rows={6} />
      </Panel>
    );
  return (
    <Panel flush>
      <ListToolbar label="Filter repositories" state={state} sorts={SORTS} aside={actions} />
      <KeysetList query={query} rows={6} empty={<NothingMatches what="repository" q={q ?? state.text.trim()} />}>
        {(repositories) => <RepositoryList repositories={repositories} />}
      </KeysetList>
    </Panel>
  );
}
