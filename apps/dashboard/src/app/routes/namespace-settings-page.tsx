import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ErrorState } from '../../components/ui/error-state';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { Panel } from '../../components/ui/panel';
import { namespaceQuery } from '../../features/namespaces/api/get-namespace';
import { aliasesQuery, transfersQuery } from '../../features/namespaces/api/moves';
import { AliasList } from '../../features/namespaces/components/alias-list';
import { NamespaceSettingsForm } from '../../features/namespaces/components/namespace-settings-form';
import { RenameForm } from '../../features/namespaces/components/rename-form';
import { TransferList } from '../../features/namespaces/components/transfer-list';
import { namespaceDeletion } from '../../features/trash/api/deletion';
import { DangerPanel } from '../../features/trash/components/danger-panel';
import { usePageTitle } from '../../lib/page-title';
import { NotFoundPage } from './not-found-page';
import classes from './pages.module.css';

/** For owners; for anybody else there is no such page. */
export function NamespaceSettingsPage() {
  const { namespace: name } = useParams({ from: '/shell/n/$namespace' });
  usePageTitle('Settings', name);
  const navigate = useNavigate();
  const { data: namespace } = useQuery(namespaceQuery(name));
  if (namespace?.role !== 'owner') return <NotFoundPage />;
  return (
    <div className={classes.stack}>
      <Panel title="General">
        <NamespaceSettingsForm key={name} namespace={namespace} />
      </Panel>
      <Transfers namespace={name} />
      {namespace.kind === 'organization' ? (
        <Panel title="Name">
          <RenameForm
            key={name}
            namespace={name}
            onRenamed={(next) => navigate({ to: '/n/$namespace/settings', params: { namespace: next } })}
          />
        </Panel>
      ) : null}
      <OldNames namespace={name} />
      {namespace.kind === 'organization' ? (
        <DangerPanel
          title="Delete namespace"
          about="With all its repositories, for everybody. You see what goes before it happens, and you can restore it from the list of namespaces for a while."
          deletion={namespaceDeletion(name)}
          onDeleted={() => void navigate({ to: '/' })}
        />
      ) : null}
    </div>
  );
}

function Transfers({ namespace }: { readonly namespace: string }) {
  const query = useQuery(transfersQuery(namespace));
  if (query.data?.length === 0) return null;
  return (
    <Panel flush title="Transfers">
      {query.isPending ? (
        <ListSkeleton rows={1} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <TransferList namespace={namespace} transfers={query.data} />
      )}
    </Panel>
  );
}

function OldNames({ namespace }: { readonly namespace: string }) {
  const query = useQuery(aliasesQuery(namespace));
  if (query.data?.length === 0) return null;
  return (
    <Panel flush title="Old names">
      {query.isPending ? (
        <ListSkeleton rows={1} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <AliasList namespace={namespace} aliases={query.data} />
      )}
    </Panel>
  );
}
