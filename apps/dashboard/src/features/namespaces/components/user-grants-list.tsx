import { Button } from '@mantine/core';
import type { UserGrants } from '@stowage/contracts';
import { GrantChips } from '../../../components/grants/grant-chips';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { NameTile } from '../../../components/ui/name-tile';
import classes from './members.module.css';

interface UserGrantsListProps {
  readonly holders: readonly UserGrants[];
  readonly onEdit: (holder: UserGrants) => void;
}

export function UserGrantsList({ holders, onEdit }: UserGrantsListProps) {
  const columns: readonly Column<UserGrants>[] = [
    {
      header: 'User',
      primary: true,
      width: '14rem',
      cell: ({ username }) => (
        <span className={classes.member}>
          <NameTile name={username} size={28} round />
          <span>{username}</span>
        </span>
      ),
    },
    { header: 'Rights', cell: ({ grants }) => <GrantChips grants={grants} /> },
    {
      header: 'Actions',
      actions: true,
      cell: (holder) => (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={`Edit rights of ${holder.username}`}
          onClick={() => onEdit(holder)}
        >
          Edit
        </Button>
      ),
    },
  ];
  return (
    <DataTable label="Rights on single repositories" columns={columns} rows={holders} rowKey={(row) => row.username} />
  );
}
