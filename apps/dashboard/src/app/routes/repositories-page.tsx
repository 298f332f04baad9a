import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { EmptyState } from '../../components/ui/empty-state';
import { lazyDialog } from '../../components/ui/lazy-dialog';
import { Panel } from '../../components/ui/panel';
import { namespaceQuery } from '../../features/namespaces/api/get-namespace';
import { RepositoryBrowser } from '../../features/repositories/components/repository-browser';
import { useUser } from '../../features/session/api/get-session';
import classes from './pages.module.css';
import { mayPush } from './permissions';

const CreateRepositoryDialog = lazyDialog(
  async () => (await import('../../features/repositories/components/create-repository-dialog')).CreateRepositoryDialog,
);
const FirstPush = lazy(async () => ({ default: (await import('../first-push/first-push')).FirstPush }));

export function RepositoriesPage() {
  const { namespace } = useParams({ from: '/shell/n/$namespace' });
  const { data } = useQuery(namespaceQuery(namespace));
  const user = useUser();
  const [creating, dialog] = useDisclosure(false);
  const navigate = useNavigate();
  const canPush = mayPush(data?.role ?? null);
  const button = (variant: 'filled' | 'default') => (
    <Button variant={variant} leftSection={<IconPlus size={16} />} onClick={dialog.open}>
      New repository
    </Button>
  );
  const empty =
    canPush && user ? (
      <div className={classes.stack}>
        <Panel>
          <EmptyState title="The hold is empty" action={button('default')}>
            {data?.createsOnPush === false
              ? 'Create a repository first: in this namespace a push makes none by itself.'
              : 'Push an image with the commands below and its repository appears by itself. Or create an empty one first.'}
          </EmptyState>
        </Panel>
        <Suspense fallback={null}>
          <FirstPush namespace={namespace} username={user.username} />
        </Suspense>
      </div>
    ) : (
      <Panel>
        <EmptyState title="No repositories to show">There is nothing here that you may see.</EmptyState>
      </Panel>
    );
  return (
    <>
      <RepositoryBrowser
        key={namespace}
        namespace={namespace}
        actions={canPush ? button('filled') : null}
        empty={empty}
      />
      <CreateRepositoryDialog
        namespace={namespace}
        defaultVisibility={data?.defaultVisibility ?? 'private'}
        opened={creating}
        onClose={dialog.close}
        onCreated={(name) => void navigate({ to: '/n/$namespace/r/$', params: { namespace, _splat: name } })}
      />
    </>
  );
}
