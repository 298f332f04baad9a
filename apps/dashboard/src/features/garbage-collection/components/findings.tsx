import type { CollectionFindings } from '@stowage/contracts';
import { ByteSize } from '../../../components/ui/byte-size';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { AnchorLink } from '../../../components/ui/link';
import { Panel } from '../../../components/ui/panel';
import classes from './collection.module.css';

type Share = CollectionFindings['namespaces'][number];
interface AmountRow {
  readonly when: string;
  readonly about: string;
  readonly amount: CollectionFindings['due'];
}

const amounts: Column<AmountRow>[] = [
  {
    header: 'When',
    primary: true,
    cell: ({ when, about }) => (
      <span className={classes.queue}>
        {when}
        <span className={classes.about}>{about}</span>
      </span>
    ),
  },
  { header: 'Manifests', width: '8rem', align: 'end', cell: ({ amount }) => amount.manifests.toLocaleString('en') },
  { header: 'Blobs', width: '8rem', align: 'end', cell: ({ amount }) => amount.links.toLocaleString('en') },
  { header: 'Objects', width: '8rem', align: 'end', cell: ({ amount }) => amount.objects.toLocaleString('en') },
  { header: 'Storage', width: '8rem', align: 'end', cell: ({ amount }) => <ByteSize bytes={amount.bytes} /> },
];

const shares: Column<Share>[] = [
  {
    header: 'Namespace',
    primary: true,
    cell: ({ namespace }) => (
      <AnchorLink to="/n/$namespace" params={{ namespace }}>
        {namespace}
      </AnchorLink>
    ),
  },
  { header: 'Now', width: '9rem', align: 'end', cell: ({ dueBytes }) => <ByteSize bytes={dueBytes} /> },
  { header: 'Later', width: '9rem', align: 'end', cell: ({ laterBytes }) => <ByteSize bytes={laterBytes} /> },
];

/** What a dry run has found: it changed nothing. */
export function Findings({ findings: { due, later, namespaces } }: { readonly findings: CollectionFindings }) {
  const rows = [
    { when: 'Now', about: 'Its time has come', amount: due },
    { when: 'Later', about: 'Its delay is not over, or something goes before it', amount: later },
  ];
  return (
    <>
      <Panel flush title="What would go">
        <DataTable label="What would go" columns={amounts} rows={rows} rowKey={({ when }) => when} />
      </Panel>
      <Panel flush title="From whose usage">
        {namespaces.length === 0 ? (
          <p className={classes.note}>No namespace would use less.</p>
        ) : (
          <DataTable
            label="From whose usage"
            columns={shares}
            rows={namespaces}
            rowKey={({ namespace }) => namespace}
          />
        )}
      </Panel>
    </>
  );
}
