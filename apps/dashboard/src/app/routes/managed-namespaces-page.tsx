import { ManagedNamespaceBrowser } from '../../features/administration/components/managed-namespace-browser';
import { usePageTitle } from '../../lib/page-title';

export function ManagedNamespacesPage() {
  usePageTitle('Namespaces', 'Administration');
  return <ManagedNamespaceBrowser />;
}
