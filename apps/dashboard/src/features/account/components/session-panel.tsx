import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { Panel } from '../../../components/ui/panel';
import { accountSessionsQuery } from '../api/account';
import { EndOthersButton } from './end-others-button';
import { SessionList } from './session-list';

/** Where the account is signed in. */
export function SessionPanel() {
  const query = useQuery(accountSessionsQuery);
  return (
    <Panel flush title="Sessions" aside={(query.data?.items.length ?? 0) > 1 ? <EndOthersButton /> : null}>
      {query.isPending ? (
        <ListSkeleton rows={2} />
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SessionList sessions={query.data.items} />
      )}
    </Panel>
  );
}
