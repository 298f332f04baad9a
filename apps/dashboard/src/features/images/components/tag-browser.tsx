import { Button } from '@mantine/core';
import type { Tag } from '@stowage/contracts';
import { IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ErrorState } from '../../../components/ui/error-state';
import { FilterBox } from '../../../components/ui/filter-box';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { LoadMore } from '../../../components/ui/load-more';
import { Panel } from '../../../components/ui/panel';
import { itemsOf, useLoadAllWhile } from '../../../lib/api/keyset-query';
import { type RepositoryId, tagsQuery } from '../api/tags';
import { BulkDeleteDialog } from '../../trash/components/bulk-delete-dialog';
import { DeleteTagDialog } from './delete-tag-dialog';
import classes from './images.module.css';
import { TagTable } from './tag-table';

interface TagBrowserProps {
  readonly repository: RepositoryId;
  readonly canDelete: boolean;
  readonly empty: ReactNode;
}

export function TagBrowser({ repository, canDelete, empty }: TagBrowserProps) {
  const [filter, setFilter] = useState('');
  const [deleting, setDeleting] = useState<Tag>();
  const [isCleaning, setCleaning] = useState(false);
  const query = useInfiniteQuery(tagsQuery(repository));
  const wanted = filter.trim().toLowerCase();
  useLoadAllWhile(wanted !== '', query);
  if (query.isPending)
    return (
      <Panel flush>
        <ListSkeleton rows={6} />
      </Panel>
    );
  if (query.isError && !query.data)
    return (
      <Panel>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Panel>
    );
  const all = itemsOf(query.data);
  if (all.length === 0) return empty;
  const shown = all.filter(({ name, digest }) => name.toLowerCase().includes(wanted) || digest.includes(wanted));
  return (
    <>
      <Panel flush>
        <div className={classes.toolbar}>
          <FilterBox label="Filter tags" value={filter} onChange={setFilter} />
          {canDelete ? (
            <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => setCleaning(true)}>
              Delete by filter…
            </Button>
          ) : null}
        </div>
        {shown.length > 0 ? (
          <TagTable repository={repository} tags={shown} onDelete={canDelete ? setDeleting : undefined} />
        ) : (
          <p className={classes.nothing}>{query.isFetching ? 'Looking…' : `No tag matches “${filter.trim()}”.`}</p>
        )}
        <LoadMore query={query} shown={shown.length} />
      </Panel>
      <BulkDeleteDialog opened={isCleaning} repository={repository} onClose={() => setCleaning(false)} />
      <DeleteTagDialog repository={repository} tag={deleting} onClose={() => setDeleting(undefined)} />
    </>
  );
}
