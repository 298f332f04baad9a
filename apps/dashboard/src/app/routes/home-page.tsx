import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { PageHeader } from '../../components/layout/page-header';
import { EmptyState } from '../../components/ui/empty-state';
import { ErrorState } from '../../components/ui/error-state';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { Panel } from '../../components/ui/panel';
import { namespacesQuery } from '../../features/namespaces/api/list-namespaces';
import { NamespaceGrid } from '../../features/namespaces/components/namespace-grid';
import { TrashedNamespaces } from '../../features/trash/components/trashed-namespaces';
import { usePageTitle } from '../../lib/page-title';
import { CreateNamespace } from '../create-namespace';

export function HomePage() {
  usePageTitle('Namespaces');
  const query = useQuery(namespacesQuery);
  const [creating, dialog] = useDisclosure(false);
  return (
    <>
      <PageHeader
        title="Namespaces"
        lead="Yours and those of your teams. Each has its repositories, members and storage."
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
            New namespace
          </Button>
        }
      />
      {query.isPending ? (
        <Panel flush>
          <ListSkeleton rows={4} />
        </Panel>
      ) : query.isError ? (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      ) : query.data.length === 0 ? (
        <Panel>
          <EmptyState title="You belong to no namespace yet">
            Create one for your team, or ask an owner to add you to theirs.
          </EmptyState>
        </Panel>
      ) : (
        <NamespaceGrid namespaces={query.data} />
      )}
      <TrashedNamespaces />
      <CreateNamespace opened={creating} onClose={dialog.close} />
    </>
  );
}
