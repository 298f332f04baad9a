import type { FreeingManifest } from '@stowage/contracts';
import { ByteSize } from '../../../components/ui/byte-size';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { DigestText } from '../../../components/ui/digest-text';
import { AnchorLink } from '../../../components/ui/link';
import { RelativeTime } from '../../../components/ui/relative-time';
import { repositorySplat } from '../../../lib/repository-path';
import classes from './usage.module.css';

const SHOWN_TAGS = 3;

/** What would free most, each by itself: what two of them share is freed by neither alone. */
export function FreeingList({ namespace, manifests }: { namespace: string; manifests: readonly FreeingManifest[] }) {
  const columns: Column<FreeingManifest>[] = [
    {
      header: 'Image',
      primary: true,
      cell: ({ repository, digest, tags }) => (
        <span className={classes.image}>
          <AnchorLink
            to="/n/$namespace/r/$"
            params={{ namespace, _splat: repositorySplat(repository, { kind: 'manifest', digest }) }}
          >
            {repository}
          </AnchorLink>
          <span className={classes.note}>{tagsText(tags)}</span>
        </span>
      ),
    },
    { header: 'Digest', width: '14rem', cell: ({ digest }) => <DigestText digest={digest} /> },
    { header: 'Pushed', width: '9rem', cell: ({ pushedAt }) => <RelativeTime value={pushedAt} /> },
    { header: 'Frees', width: '7rem', align: 'end', cell: ({ freedBytes }) => <ByteSize bytes={freedBytes} /> },
  ];
  return (
    <DataTable
      label="What would free most"
      columns={columns}
      rows={manifests}
      rowKey={({ repository, digest }) => `${repository}@${digest}`}
    />
  );
}

function tagsText(tags: readonly string[]): string {
  if (tags.length === 0) return 'No tag: garbage collection takes it after its delay';
  const more = tags.length > SHOWN_TAGS ? ` and ${tags.length - SHOWN_TAGS} more` : '';
  return `${tags.slice(0, SHOWN_TAGS).join(', ')}${more}`;
}
