import type { Overview } from '@stowage/contracts';
import type { ReactNode } from 'react';
import { ByteSize } from '../../../components/ui/byte-size';
import { AnchorLink } from '../../../components/ui/link';
import { RelativeTime } from '../../../components/ui/relative-time';
import classes from './overview.module.css';

const number = (value: number) => value.toLocaleString('en');
const count = (value: number, one: string, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;

/** What the registry holds, and whether it is well: what an administrator looks at first. */
export function OverviewFigures({ overview }: { readonly overview: Overview }) {
  const { jobs, garbage } = overview;
  return (
    <>
      <div className={classes.grid}>
        <Figure label="Jobs that failed" value={number(jobs.failed)} isGrave={jobs.failed > 0}>
          {jobs.failed > 0 ? 'Nobody has seen to them yet.' : 'Nothing is wrong.'}
          <AnchorLink className={classes.link ?? ''} to="/admin/jobs">
            Look at the jobs
          </AnchorLink>
        </Figure>
        <Figure label="Runs at work" value={number(jobs.running)}>
          {count(jobs.waiting, 'waits', 'wait')}
          {jobs.oldestWaitSeconds >= 60 ? `, one for ${Math.round(jobs.oldestWaitSeconds / 60)} minutes` : ''}
          {jobs.paused > 0 ? ` · ${number(jobs.paused)} paused` : ''}
        </Figure>
        <Figure label="Waiting for garbage collection" value={number(garbage.due)}>
          {garbage.due === 0
            ? 'All that is due was looked at.'
            : `The oldest for ${Math.max(1, Math.round(garbage.oldestSeconds / 60))} minutes.`}
        </Figure>
        <Figure label="Stored" value={<ByteSize bytes={overview.storedBytes} />}>
          {count(overview.blobs, 'blob')}, each kept once
        </Figure>
        <Figure label="Charged to namespaces" value={<ByteSize bytes={overview.chargedBytes} />}>
          With manifests; what several have counts in each
        </Figure>
        <Figure label="Uploads that are open" value={number(overview.openUploads)}>
          <ByteSize bytes={overview.reservedBytes} /> reserved
        </Figure>
        <Figure label="Repositories" value={number(overview.repositories)}>
          {count(overview.tags, 'tag')} on {count(overview.manifests, 'manifest')}
        </Figure>
        <Figure label="Namespaces" value={number(overview.namespaces)}>
          <AnchorLink className={classes.link ?? ''} to="/admin/namespaces">
            What they store
          </AnchorLink>
        </Figure>
        <Figure label="Users" value={number(overview.users)}>
          <AnchorLink className={classes.link ?? ''} to="/admin/users">
            Who they are
          </AnchorLink>
        </Figure>
      </div>
      <p className={classes.note}>
        Content was counted <RelativeTime value={overview.countedAt} />; jobs and garbage are of this moment.
      </p>
    </>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly isGrave?: boolean;
  readonly children: ReactNode;
}

function Figure({ label, value, isGrave = false, children }: FigureProps) {
  return (
    <section className={classes.figure} aria-label={label} data-grave={isGrave ? '' : undefined}>
      <h2 className={classes.label}>{label}</h2>
      <span className={classes.value}>{value}</span>
      <span className={classes.about}>{children}</span>
    </section>
  );
}
