import { Text } from '@mantine/core';
import type { Repository } from '@stowage/contracts';
import { ByteSize } from '../../../components/ui/byte-size';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { AnchorLink } from '../../../components/ui/link';
import { RelativeTime } from '../../../components/ui/relative-time';
import classes from './repositories.module.css';
import { VisibilityBadge } from './visibility-badge';

const COLUMNS: readonly Column<Repository>[] = [
  {
    header: 'Repository',
    primary: true,
    cell: ({ namespace, name, description, visibility }) => (
      <div className={classes.cell}>
        <span className={classes.nameLine}>
          <AnchorLink to="/n/$namespace/r/$" params={{ namespace, _splat: name }} fw={600}>
            {name}
          </AnchorLink>
          <VisibilityBadge visibility={visibility} />
        </span>
        {description ? (
          <Text fz="sm" c="dimmed" lineClamp={2}>
            {description}
          </Text>
        ) : null}
      </div>
    ),
  },
  { header: 'Tags', align: 'end', width: '6rem', cell: ({ tagCount }) => tagCount.toLocaleString('en') },
  { header: 'Size', align: 'end', width: '7rem', cell: ({ sizeBytes }) => <ByteSize bytes={sizeBytes} /> },
  {
    header: 'Last push',
    align: 'end',
    width: '9rem',
    cell: ({ lastPushedAt }) =>
      lastPushedAt ? (
        <RelativeTime value={lastPushedAt} />
      ) : (
        <Text span fz="sm" c="dimmed">
          Never
        </Text>
      ),
  },
];

export function RepositoryList({ repositories }: { readonly repositories: readonly Repository[] }) {
  return (
    <DataTable label="Repositories" columns={COLUMNS} rows={repositories} rowKey={(repository) => repository.name} />
  );
}
