import { useParams } from '@tanstack/react-router';
import { AuditBrowser } from '../../features/audit/components/audit-browser';
import { usePageTitle } from '../../lib/page-title';

export function AuditPage() {
  const { namespace } = useParams({ from: '/shell/n/$namespace' });
  usePageTitle('Audit log', namespace);
  return <AuditBrowser namespace={namespace} />;
}
