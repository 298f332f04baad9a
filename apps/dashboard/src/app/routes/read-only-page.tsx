import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../components/ui/error-state';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { allReadOnlyQuery } from '../../features/read-only/api/read-only';
import { ReadOnlyPanel } from '../../features/read-only/components/read-only-panel';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function ReadOnlyPage() {
  usePageTitle('Read-only mode', 'Administration');
  const query = useQuery(allReadOnlyQuery);
  return (
    <>
      <p className={classes.about}>
        While something is read-only, pushes and deletes are answered with 503 and your message. Pulls, sign-ins and the
        management of people go on. It counts at once, on every replica.
      </p>
      {query.isPending ? (
        <ListSkeleton rows={3} />
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ReadOnlyPanel modes={query.data.items} />
      )}
    </>
  );
}
