import { ManagedNamespaceBrowser } from '../../features/administration/components/managed-namespace-browser';
import { useUser } from '../../features/session/api/get-session';
import { usePageTitle } from '../../lib/page-title';

export function ManagedNamespacesPage() {
  usePageTitle('Namespaces', 'Administration');
  return <ManagedNamespaceBrowser self={useUser()?.username ?? ''} />;
}
