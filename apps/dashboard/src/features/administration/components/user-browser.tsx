import { EmptyState } from '../../../components/ui/empty-state';
import { managedUsersQuery } from '../api/managed-users';
import { SearchedList } from './searched-list';
import { UserList } from './user-list';

export function UserBrowser({ self }: { readonly self: string | undefined }) {
  return (
    <SearchedList
      label="Search users"
      queryOf={managedUsersQuery}
      empty={(search) => (
        <EmptyState title="Nobody found">No username and no e-mail address contains “{search}”.</EmptyState>
      )}
    >
      {(users) => <UserList users={users} self={self} />}
    </SearchedList>
  );
}
