import type { Namespace } from '@stowage/contracts';
import { NamespaceCard } from './namespace-card';
import classes from './namespace-card.module.css';

export function NamespaceGrid({ namespaces }: { readonly namespaces: readonly Namespace[] }) {
  return (
    <div className={classes.grid}>
      {namespaces.map((namespace) => (
        <NamespaceCard key={namespace.name} namespace={namespace} />
      ))}
    </div>
  );
}
