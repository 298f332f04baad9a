import type { ManifestView } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { Panel } from '../../../components/ui/panel';
import { manifestQuery } from '../api/get-manifest';
import type { RepositoryId } from '../api/tags';
import { AnnotationsPanel } from './annotations-panel';
import { AttestationsPanel } from './attestations-panel';
import { ConfigPanel } from './config-panel';
import { contentKind } from './content-kind';
import { LayersPanel } from './layers-panel';
import type { PlatformEntry } from './platforms';

/** Layers, config and annotations of one manifest that can be run. */
export function ManifestBody({ manifest }: { readonly manifest: ManifestView }) {
  return (
    <>
      {manifest.layers.length > 0 ? <LayersPanel layers={manifest.layers} /> : null}
      {manifest.config && contentKind(manifest) === 'image' ? <ConfigPanel config={manifest.config} /> : null}
      <AnnotationsPanel annotations={manifest.annotations} />
    </>
  );
}

interface PlatformBodyProps {
  readonly repository: RepositoryId;
  readonly entry: PlatformEntry;
}

/** The same for one platform of an index, whose manifest is a request of its own. */
export function PlatformBody({ repository, entry }: PlatformBodyProps) {
  const query = useQuery(manifestQuery(repository, entry.child.digest));
  if (query.isPending)
    return (
      <Panel flush title="Layers">
        <ListSkeleton rows={7} />
      </Panel>
    );
  if (query.isError)
    return (
      <Panel title={entry.label}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Panel>
    );
  return (
    <>
      <ManifestBody manifest={query.data} />
      <AttestationsPanel repository={repository} entry={entry} />
    </>
  );
}
