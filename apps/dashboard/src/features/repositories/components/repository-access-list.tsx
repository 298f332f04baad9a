import type { Repository, RepositoryAccess } from '@stowage/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { GrantChips } from '../../../components/grants/grant-chips';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { LoadMore } from '../../../components/ui/load-more';
import { Panel } from '../../../components/ui/panel';
import { VISIBILITY_VIEWS } from '../../../components/ui/visibilities';
import { itemsOf } from '../../../lib/api/keyset-query';
import { repositoryAccessQuery } from '../api/repository-access';
import classes from './repositories.module.css';

const COLUMNS: readonly Column<RepositoryAccess>[] = [
  { header: 'Who', primary: true, width: '14rem', cell: ({ username }) => username },
  {
    header: 'By role',
    width: '10rem',
    cell: ({ role }) => (role ? role.charAt(0).toUpperCase() + role.slice(1) : 'No role'),
  },
  { header: 'By rights', cell: ({ grants }) => <GrantChips grants={grants} /> },
];

/** Who may reach the repository, and why. */
export function RepositoryAccessList({ repository }: { readonly repository: Repository }) {
  const { namespace, name, visibility } = repository;
  const query = useInfiniteQuery(repositoryAccessQuery(namespace, name));
  const people = itemsOf(query.data);
  const { label, description } = VISIBILITY_VIEWS[visibility];
  return (
    <Panel flush title="Who can reach it">
      <p className={classes.reach}>
        By visibility ({label.toLowerCase()}): {description.charAt(0).toLowerCase() + description.slice(1)}.
      </p>
      {query.isPending ? (
        <ListSkeleton rows={2} />
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <DataTable label="Who can reach it" columns={COLUMNS} rows={people} rowKey={({ username }) => username} />
          <LoadMore query={query} shown={people.length} />
        </>
      )}
    </Panel>
  );
}
