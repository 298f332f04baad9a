import type { Namespace } from '@stowage/contracts';
import { Link } from '@tanstack/react-router';
import { NameTile } from '../../../components/ui/name-tile';
import classes from './namespace-card.module.css';
import { roleLabel } from './roles';

export function NamespaceCard({ namespace }: { readonly namespace: Namespace }) {
  const { name, displayName, kind, role, repositoryCount, memberCount } = namespace;
  return (
    <Link to="/n/$namespace" params={{ namespace: name }} className={classes.card}>
      <span className={classes.head}>
        <NameTile name={name} size={42} round={kind === 'personal'} />
        <span className={classes.names}>
          <span className={classes.name}>{displayName || name}</span>
          <span className={classes.slug}>
            {displayName && displayName !== name ? `${name} · ` : ''}
            {kind === 'personal' ? 'Personal' : 'Organisation'}
          </span>
        </span>
      </span>
      <span className={classes.facts}>
        <span>
          <b>{repositoryCount}</b> {repositoryCount === 1 ? 'repository' : 'repositories'}
        </span>
        <span>
          <b>{memberCount}</b> {memberCount === 1 ? 'member' : 'members'}
        </span>
        {role ? <span className={classes.role}>{roleLabel(role)}</span> : null}
      </span>
    </Link>
  );
}
