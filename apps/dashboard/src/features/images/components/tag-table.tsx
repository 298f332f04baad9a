import { ActionIcon, Badge } from '@mantine/core';
import type { Tag } from '@stowage/contracts';
import { IconTrash } from '@tabler/icons-react';
import { ByteSize } from '../../../components/ui/byte-size';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { DigestText } from '../../../components/ui/digest-text';
import { AnchorLink } from '../../../components/ui/link';
import { RelativeTime } from '../../../components/ui/relative-time';
import { repositorySplat } from '../../../lib/repository-path';
import type { RepositoryId } from '../api/tags';
import classes from './images.module.css';
import { PlatformChips } from './platform-chips';

interface TagTableProps {
  readonly repository: RepositoryId;
  readonly tags: readonly Tag[];
  readonly onDelete?: ((tag: Tag) => void) | undefined;
}

export function TagTable({ repository, tags, onDelete }: TagTableProps) {
  const columns: Column<Tag>[] = [
    {
      header: 'Tag',
      primary: true,
      cell: ({ name, kind }) => (
        <span className={classes.tagName}>
          <AnchorLink
            to="/n/$namespace/r/$"
            params={{
              namespace: repository.namespace,
              _splat: repositorySplat(repository.name, { kind: 'tag', tag: name }),
            }}
            fw={600}
          >
            {name}
          </AnchorLink>
          {kind === 'artifact' ? <Badge color="gray">Artifact</Badge> : null}
        </span>
      ),
    },
    { header: 'Digest', width: '13rem', cell: ({ digest }) => <DigestText digest={digest} /> },
    { header: 'Platforms', cell: ({ platforms }) => <PlatformChips platforms={platforms} /> },
    { header: 'Size', align: 'end', width: '6.5rem', cell: ({ sizeBytes }) => <ByteSize bytes={sizeBytes} /> },
    {
      header: 'Pushed',
      width: '10rem',
      cell: ({ pushedAt, pushedBy }) => (
        <span className={classes.pushed}>
          <RelativeTime value={pushedAt} />
          {pushedBy ? <span className={classes.by}>by {pushedBy}</span> : null}
        </span>
      ),
    },
  ];
  if (onDelete) {
    columns.push({
      header: 'Actions',
      actions: true,
      cell: (tag) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Delete tag ${tag.name}`}
          title="Delete tag"
          onClick={() => onDelete(tag)}
        >
          <IconTrash size={16} />
        </ActionIcon>
      ),
    });
  }
  return <DataTable label="Tags" columns={columns} rows={tags} rowKey={(tag) => tag.name} />;
}
