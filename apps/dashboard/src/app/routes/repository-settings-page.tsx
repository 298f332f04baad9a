import type { Repository } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { Panel } from '../../components/ui/panel';
import { namespaceQuery } from '../../features/namespaces/api/get-namespace';
import { RepositoryAccessList } from '../../features/repositories/components/repository-access-list';
import { RepositorySettings } from '../../features/repositories/components/repository-settings';
import { TransferForm } from '../../features/repositories/components/transfer-form';
import classes from './pages.module.css';

/** For those who may change the repository; what its namespace decides about is for owners. */
export function RepositorySettingsPage({ repository }: { readonly repository: Repository }) {
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
    </div>
  );
}
