import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { Panel } from '../../../components/ui/panel';
import { refreshTokensQuery } from '../api/refresh-tokens';
import classes from './account.module.css';
import { RefreshTokenList } from './refresh-token-list';

/** Programs that have kept a refresh token of `docker login`. */
export function RefreshTokenPanel() {
  const query = useQuery(refreshTokensQuery);
  return (
    <Panel flush title="Clients that stay signed in">
      {query.isPending ? (
        <ListSkeleton rows={2} />
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <p className={classes.none}>None. A client that signs in to stay, such as “docker login”, appears here.</p>
      ) : (
        <RefreshTokenList tokens={query.data.items} />
      )}
    </Panel>
  );
}
