import { EmptyState } from '../../../components/ui/empty-state';
import { managedNamespacesQuery } from '../api/managed-namespaces';
import { ManagedNamespaceList } from './managed-namespace-list';
import { RecountButton } from './recount-button';
import { SearchedList } from './searched-list';

export function ManagedNamespaceBrowser({ self }: { readonly self: string }) {
  return (
    <SearchedList
      label="Search namespaces"
      queryOf={managedNamespacesQuery}
      aside={<RecountButton />}
      empty={(search) => <EmptyState title="No such namespace">No name contains “{search}”.</EmptyState>}
    >
      {(namespaces) => <ManagedNamespaceList namespaces={namespaces} self={self} />}
    </SearchedList>
  );
}
