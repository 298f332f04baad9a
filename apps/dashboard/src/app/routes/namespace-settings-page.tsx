import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Panel } from '../../components/ui/panel';
import { namespaceQuery } from '../../features/namespaces/api/get-namespace';
import { NamespaceSettingsForm } from '../../features/namespaces/components/namespace-settings-form';
import { usePageTitle } from '../../lib/page-title';
import { NotFoundPage } from './not-found-page';
import classes from './pages.module.css';

/** For owners; for anybody else there is no such page. */
export function NamespaceSettingsPage() {
  const { namespace: name } = useParams({ from: '/shell/n/$namespace' });
  usePageTitle('Settings', name);
  const { data: namespace } = useQuery(namespaceQuery(name));
  if (namespace?.role !== 'owner') return <NotFoundPage />;
  return (
    <div className={classes.stack}>
      <Panel title="General">
        <NamespaceSettingsForm key={name} namespace={namespace} />
      </Panel>
    </div>
  );
}
