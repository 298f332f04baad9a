import { Button } from '@mantine/core';
import type { Repository } from '@stowage/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { PageHeader } from '../../components/layout/page-header';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { LoadMore } from '../../components/ui/load-more';
import { Panel } from '../../components/ui/panel';
import { tagHistoryQuery } from '../../features/trash/api/trash';
import { TagHistoryList } from '../../features/trash/components/tag-history-list';
import { itemsOf } from '../../lib/api/keyset-query';
import { usePageTitle } from '../../lib/page-title';
import { repositorySplat } from '../../lib/repository-path';
import { QueryFailure } from './query-failure';
import { RepositoryCrumbs } from './repository-crumbs';

interface TagHistoryPageProps {
  readonly repository: Repository;
  readonly tag: string;
}

/** What a tag has been, also one that is deleted, and the way back to it. */
export function TagHistoryPage({ repository, tag }: TagHistoryPageProps) {
  const { namespace, name } = repository;
  usePageTitle(`History of ${name}:${tag}`, namespace);
  const navigate = useNavigate();
  const ref = { namespace, repository: name, tag };
  const query = useInfiniteQuery(tagHistoryQuery(ref));
  if (query.isError && !query.data) return <QueryFailure error={query.error} onRetry={() => void query.refetch()} />;
  const events = itemsOf(query.data);
  const current = events[0]?.digest ?? undefined;
  const params = { namespace, _splat: repositorySplat(name, { kind: 'tag', tag }) };
  return (
    <>
      <PageHeader
        crumbs={<RepositoryCrumbs namespace={namespace} name={name} />}
        title={`History of ${tag}`}
        lead="Every image that the tag has pointed at. What a tag was moved away from is kept for as long as the trash keeps things."
        actions={
          current === undefined ? null : (
            <Button variant="default" onClick={() => void navigate({ to: '/n/$namespace/r/$', params })}>
              Open {tag}
            </Button>
          )
        }
      />
      <Panel flush>
        {query.isPending ? (
          <ListSkeleton rows={4} />
        ) : (
          <>
            <TagHistoryList tag={ref} events={events} current={current} canRestore={repository.permissions.delete} />
            <LoadMore query={query} shown={events.length} />
          </>
        )}
      </Panel>
    </>
  );
}
