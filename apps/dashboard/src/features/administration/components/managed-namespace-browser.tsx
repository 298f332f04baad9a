import { EmptyState } from '../../../components/ui/empty-state';
import { managedNamespacesQuery } from '../api/managed-namespaces';
import { ManagedNamespaceList } from './managed-namespace-list';
import { SearchedList } from './searched-list';

export function ManagedNamespaceBrowser() {
  return (
    <SearchedList
      label="Search namespaces"
      queryOf={managedNamespacesQuery}
      empty={(search) => <EmptyState title="No such namespace">No name contains “{search}”.</EmptyState>}
    >
      {(namespaces) => <ManagedNamespaceList namespaces={namespaces} />}
    </SearchedList>
  );
}
