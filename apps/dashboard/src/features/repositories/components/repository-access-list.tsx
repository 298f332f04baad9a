import type { Repository, RepositoryAccess } from '@stowage/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { GrantChips } from '../../../components/grants/grant-chips';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { KeysetList } from '../../../components/ui/keyset-list';
import { Panel } from '../../../components/ui/panel';
import { VISIBILITY_VIEWS } from '../../../components/ui/visibilities';
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
  const { label, description } = VISIBILITY_VIEWS[visibility];
  return (
    <Panel flush title="Who can reach it">
      <p className={classes.reach}>
        By visibility ({label.toLowerCase()}): {description.charAt(0).toLowerCase() + description.slice(1)}.
      </p>
      <KeysetList query={query} rows={2}>
        {(people) => (
          <DataTable label="Who can reach it" columns={COLUMNS} rows={people} rowKey={({ username }) => username} />
        )}
      </KeysetList>
    </Panel>
  );
}
