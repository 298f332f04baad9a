import { Button } from '@mantine/core';
import type { UserGrants } from '@stowage/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { KeysetList } from '../../components/ui/keyset-list';
import { lazyDialog } from '../../components/ui/lazy-dialog';
import { Panel } from '../../components/ui/panel';
import { userGrantsQuery } from '../../features/namespaces/api/user-grants';
import type { UserGrantsDialogProps } from '../../features/namespaces/components/user-grants-dialog';
import { UserGrantsList } from '../../features/namespaces/components/user-grants-list';
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
  const button = (
    <Button size="xs" variant="default" onClick={() => open()}>
      Give rights
    </Button>
  );
  return (
    <>
      <Panel flush title="Rights on single repositories" aside={button}>
        <KeysetList
          query={query}
          rows={1}
          empty={
            <p className={classes.nothing}>
              Nobody holds any. They are for people who need less than a role, or more in one place.
            </p>
          }
        >
          {(holders) => <UserGrantsList holders={holders} onEdit={open} />}
        </KeysetList>
      </Panel>
      <UserGrantsDialog opened={isOpen} namespace={namespace} holder={edited} onClose={() => setOpen(false)} />
    </>
  );
}
