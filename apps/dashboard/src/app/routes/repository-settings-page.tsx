import type { Repository } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Panel } from '../../components/ui/panel';
import { namespaceQuery } from '../../features/namespaces/api/get-namespace';
import { RepositoryAccessList } from '../../features/repositories/components/repository-access-list';
import { RepositorySettings } from '../../features/repositories/components/repository-settings';
import { TransferForm } from '../../features/repositories/components/transfer-form';
import { repositoryDeletion } from '../../features/trash/api/deletion';
import type { Tagged } from '../../lib/api/client';
import { DangerPanel } from '../../features/trash/components/danger-panel';
import classes from './pages.module.css';

/** For those who may change the repository; what its namespace decides about is for owners. */
export function RepositorySettingsPage({ repository }: { readonly repository: Tagged<Repository> }) {
  const navigate = useNavigate();
  const { data: namespace } = useQuery(namespaceQuery(repository.namespace));
  return (
    <div className={classes.stack}>
      <RepositorySettings repository={repository} />
      <RepositoryAccessList repository={repository} />
      {namespace?.role === 'owner' ? (
        <Panel title="Transfer">
          <TransferForm repository={repository} />
        </Panel>
      ) : null}
      <DangerPanel
        title="Delete repository"
        about="With all its tags and images. You see what goes before it happens, and it waits in the trash of the namespace for a while."
        deletion={repositoryDeletion(repository)}
        onDeleted={() => void navigate({ to: '/n/$namespace', params: { namespace: repository.namespace } })}
      />
    </div>
  );
}
