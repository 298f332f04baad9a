import { Button } from '@mantine/core';
import type { UserGrants } from '@stowage/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '../../components/ui/error-state';
import { lazyDialog } from '../../components/ui/lazy-dialog';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { LoadMore } from '../../components/ui/load-more';
import { Panel } from '../../components/ui/panel';
import { userGrantsQuery } from '../../features/namespaces/api/user-grants';
import type { UserGrantsDialogProps } from '../../features/namespaces/components/user-grants-dialog';
import { UserGrantsList } from '../../features/namespaces/components/user-grants-list';
import { itemsOf } from '../../lib/api/keyset-query';
import classes from './pages.module.css';

const UserGrantsDialog = lazyDialog<UserGrantsDialogProps>(
  async () => (await import('../../features/namespaces/components/user-grants-dialog')).UserGrantsDialog,
);

/** Rights of single people on single repositories, for owners. */
export function NamespaceGrants({ namespace }: { readonly namespace: string }) {
  const query = useInfiniteQuery(userGrantsQuery(namespace));
  const [edited, setEdited] = useState<UserGrants>();
  const [isOpen, setOpen] = useState(false);
  const open = (holder?: UserGrants) => {
    setEdited(holder);
    setOpen(true);
  };
  const holders = itemsOf(query.data);
  const button = (
    <Button size="xs" variant="default" onClick={() => open()}>
      Give rights
    </Button>
  );
  return (
    <>
      <Panel flush title="Rights on single repositories" aside={button}>
        {query.isPending ? (
          <ListSkeleton rows={1} />
        ) : query.isError && !query.data ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : holders.length === 0 ? (
          <p className={classes.nothing}>
            Nobody holds any. They are for people who need less than a role, or more in one place.
          </p>
        ) : (
          <>
            <UserGrantsList holders={holders} onEdit={open} />
            <LoadMore query={query} shown={holders.length} />
          </>
        )}
      </Panel>
      <UserGrantsDialog opened={isOpen} namespace={namespace} holder={edited} onClose={() => setOpen(false)} />
    </>
  );
}
