import type { RepositoryUsage } from '@stowage/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ByteSize } from '../../../components/ui/byte-size';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { EmptyState } from '../../../components/ui/empty-state';
import { KeysetList } from '../../../components/ui/keyset-list';
import { AnchorLink } from '../../../components/ui/link';
import { Panel } from '../../../components/ui/panel';
import { repositorySplat } from '../../../lib/repository-path';
import { repositoryUsageQuery } from '../api/usage';
import classes from './usage.module.css';

/** Every repository of the namespace, what holds most by itself first. */
export function RepositoryUsageList({ namespace }: { readonly namespace: string }) {
  const query = useInfiniteQuery(repositoryUsageQuery(namespace));
  const empty = <EmptyState title="Nothing is stored">The first push makes the first repository.</EmptyState>;
  return (
    <Panel flush title="By repository">
      <KeysetList query={query} rows={4} empty={empty}>
        {(repositories) => <RepositoryTable namespace={namespace} repositories={repositories} />}
      </KeysetList>
    </Panel>
  );
}

interface RepositoryTableProps {
  readonly namespace: string;
  readonly repositories: readonly RepositoryUsage[];
}

function RepositoryTable({ namespace, repositories }: RepositoryTableProps) {
  const largest = Math.max(1, ...repositories.map(({ exclusiveBytes, sharedBytes }) => exclusiveBytes + sharedBytes));
  const columns: Column<RepositoryUsage>[] = [
    {
      header: 'Repository',
      primary: true,
      cell: ({ repository }) => (
        <AnchorLink to="/n/$namespace/r/$" params={{ namespace, _splat: repositorySplat(repository) }}>
          {repository}
        </AnchorLink>
      ),
    },
    { header: 'Size', width: '12rem', cell: (row) => <SizeBar row={row} largest={largest} /> },
    { header: 'Only here', width: '7rem', align: 'end', cell: (row) => <ByteSize bytes={row.exclusiveBytes} /> },
    { header: 'Shared', width: '7rem', align: 'end', cell: (row) => <ByteSize bytes={row.sharedBytes} /> },
    { header: 'Manifests', width: '7rem', align: 'end', cell: (row) => row.manifestCount.toLocaleString() },
  ];
  return (
    <>
      <p className={classes.explanation}>
        “Only here” is what deleting the repository frees. “Shared” is held by others of this namespace too, and counted
        once for all of them.
      </p>
      <DataTable
        label="Usage by repository"
        columns={columns}
        rows={repositories}
        rowKey={({ repository }) => repository}
      />
    </>
  );
}

function SizeBar({ row: { exclusiveBytes, sharedBytes }, largest }: { row: RepositoryUsage; largest: number }) {
  return (
    <span className={classes.size} aria-hidden="true">
      <span data-part="stored" style={{ width: `${(exclusiveBytes / largest) * 100}%` }} />
      <span data-part="shared" style={{ width: `${(sharedBytes / largest) * 100}%` }} />
    </span>
  );
}
