import { useQuery } from '@tanstack/react-query';
import { Panel } from '../../../components/ui/panel';
import { trashedNamespacesQuery, usePurgeNamespace, useRestoreNamespace } from '../api/trash';
import { TrashList } from './trash-list';

/** Deleted namespaces that can come back; nothing where there is none. */
export function TrashedNamespaces() {
  const { data = [] } = useQuery(trashedNamespacesQuery);
  const restore = useRestoreNamespace();
  const purge = usePurgeNamespace();
  if (data.length === 0) return null;
  return (
    <Panel flush title="Deleted namespaces">
      <TrashList label="Deleted namespaces" entries={data} restore={restore.mutateAsync} purge={purge.mutateAsync} />
    </Panel>
  );
}
