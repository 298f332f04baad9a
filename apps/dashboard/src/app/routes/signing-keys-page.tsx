import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../components/ui/error-state';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { Panel } from '../../components/ui/panel';
import { signingKeysQuery } from '../../features/administration/api/signing-keys';
import { RotateButton } from '../../features/administration/components/rotate-button';
import { SigningKeyList } from '../../features/administration/components/signing-key-list';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function SigningKeysPage() {
  usePageTitle('Signing keys', 'Administration');
  const query = useQuery(signingKeysQuery);
  return (
    <>
      <p className={classes.about}>
        The token service signs with one of these, and registries trust what it signs. Keys follow one another by
        themselves, each published before it signs; no request fails over it.
      </p>
      <Panel flush title="Signing keys" aside={<RotateButton />}>
        {query.isPending ? (
          <ListSkeleton rows={3} />
        ) : query.isError && !query.data ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <SigningKeyList keys={query.data.items} />
        )}
      </Panel>
    </>
  );
}
