import { AuditBrowser } from '../../features/audit/components/audit-browser';
import { usePageTitle } from '../../lib/page-title';

export function RegistryAuditPage() {
  usePageTitle('Audit log', 'Administration');
  return <AuditBrowser namespace={null} />;
}
