import { useQuery } from '@tanstack/react-query';
import { readOnlyQuery } from '../api/read-only';
import classes from './read-only.module.css';

/** On every page that it concerns: the whole registry, or the namespace that is looked at. */
export function ReadOnlyBanner({ namespace }: { readonly namespace: string | undefined }) {
  const { data } = useQuery(readOnlyQuery);
  const modes = data?.items.filter((mode) => mode.namespace === null || mode.namespace === namespace) ?? [];
  return modes.map((mode) => (
    <section key={mode.namespace ?? ''} className={classes.banner} aria-label="Read-only mode">
      <p className={classes.text}>
        <b>{mode.namespace === null ? 'This registry is read-only.' : `${mode.namespace} is read-only.`}</b>{' '}
        {mode.message}
      </p>
    </section>
  ));
}
