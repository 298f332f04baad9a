import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../../components/ui/empty-state';
import { ErrorState } from '../../../components/ui/error-state';
import { FilterBox } from '../../../components/ui/filter-box';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { LoadMore } from '../../../components/ui/load-more';
import { Panel } from '../../../components/ui/panel';
import { itemsOf } from '../../../lib/api/keyset-query';
import { managedUsersQuery } from '../api/managed-users';
import classes from './administration.module.css';
import { UserList } from './user-list';

const TYPING_MS = 250;

export function UserBrowser({ self }: { readonly self: string | undefined }) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), TYPING_MS);
  const query = useInfiniteQuery({ ...managedUsersQuery(search), placeholderData: keepPreviousData });
  const users = itemsOf(query.data);
  return (
    <>
      <div className={classes.bar}>
        <FilterBox label="Search users" value={text} onChange={setText} />
      </div>
      <Panel flush>
        {query.isPending ? (
          <ListSkeleton rows={6} />
        ) : query.isError && !query.data ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : users.length === 0 ? (
          <EmptyState title="Nobody found">No username and no e-mail address contains “{search}”.</EmptyState>
        ) : (
          <>
            <UserList users={users} self={self} />
            <LoadMore query={query} shown={users.length} />
          </>
        )}
      </Panel>
    </>
  );
}
