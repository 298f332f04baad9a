import type { AuditEvent } from '@stowage/contracts';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { NameTile } from '../../../components/ui/name-tile';
import { RelativeTime } from '../../../components/ui/relative-time';
import { detailText, isGrave, phraseOf, shortTarget } from './actions';
import classes from './audit.module.css';

const WHAT: Column<AuditEvent> = {
  header: 'What',
  primary: true,
  cell: ({ action, target, detail }) => (
    <div className={classes.what}>
      <span>
        <span className={isGrave(action) ? classes.grave : classes.phrase}>{phraseOf(action)}</span>{' '}
        <code className={classes.target} title={target}>
          {shortTarget(target)}
        </code>
      </span>
      {detailText(detail) ? <span className={classes.detail}>{shortTarget(detailText(detail))}</span> : null}
    </div>
  ),
};
const WHO: Column<AuditEvent> = { header: 'Who', width: '13rem', cell: (event) => <Who {...event} /> };
const CREDENTIALS = { user: 'access token', robot: 'robot secret', rule: 'CI job' } as const;
const FROM: Column<AuditEvent> = {
  header: 'From',
  width: '10rem',
  cell: ({ address, credentialId, actorKind }) => (
    <span className={classes.from}>
      {address ?? '–'}
      {credentialId && actorKind ? <span className={classes.detail}>{CREDENTIALS[actorKind]}</span> : null}
    </span>
  ),
};
const WHEN: Column<AuditEvent> = { header: 'When', width: '8rem', cell: ({ at }) => <RelativeTime value={at} /> };

function Who({ actor, actorKind }: Pick<AuditEvent, 'actor' | 'actorKind'>) {
  if (actor === null) return <span className={classes.detail}>Nobody signed in</span>;
  if (actorKind === null && actor === 'system') return <span className={classes.detail}>The registry itself</span>;
  return (
    <span className={classes.who}>
      <NameTile name={actor} size={24} round={actorKind === 'user'} />
      {actor}
    </span>
  );
}

export function AuditList({ events }: { readonly events: readonly AuditEvent[] }) {
  return <DataTable label="Events" columns={[WHAT, WHO, FROM, WHEN]} rows={events} rowKey={({ id }) => id} />;
}
