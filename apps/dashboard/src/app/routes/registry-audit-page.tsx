import { AuditBrowser } from '../../features/audit/components/audit-browser';
import { AuditChain } from '../../features/audit/components/audit-chain';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function RegistryAuditPage() {
  usePageTitle('Audit log', 'Administration');
  return (
    <div className={classes.stack}>
      <AuditChain />
      <div>
        <AuditBrowser namespace={null} />
      </div>
    </div>
  );
}
