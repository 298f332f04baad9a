import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { EmptyState } from '../../components/ui/empty-state';
import { lazyDialog } from '../../components/ui/lazy-dialog';
import { Panel } from '../../components/ui/panel';
import { SortedList } from '../../components/ui/sorted-list';
import { repositoriesQuery } from '../../features/repositories/api/list-repositories';
import { robotsQuery } from '../../features/robots/api/robots';
import { RobotList } from '../../features/robots/components/robot-list';
import { itemsOf } from '../../lib/api/keyset-query';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

const CreateRobotDialog = lazyDialog(
  async () => (await import('../../features/robots/components/create-robot-dialog')).CreateRobotDialog,
);

const SORTS = [
  { value: 'name', label: 'By name, A–Z' },
  { value: '-name', label: 'By name, Z–A' },
  { value: '-lastUsedAt', label: 'Last used first' },
  { value: 'lastUsedAt', label: 'Longest not used first' },
] as const;

export function RobotsPage() {
  const { namespace } = useParams({ from: '/shell/n/$namespace' });
  usePageTitle('Robots', namespace);
  // Suggestions only: the first page is enough, and the form works without.
  const { data } = useInfiniteQuery(repositoriesQuery(namespace));
  const repositories = itemsOf(data).map(({ name }) => name);
  const [creating, dialog] = useDisclosure(false);
  const button = (
    <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
      New robot
    </Button>
  );
  return (
    <>
      <p className={classes.about}>
        Accounts for machines. A robot belongs to the namespace and not to a person, may do what is written here and
        nothing else, and has two secrets so that one can be replaced without a pause.
      </p>
      <Panel flush title="Robots">
        <SortedList
          key={namespace}
          what="robot"
          label="Filter robots"
          sorts={SORTS}
          queryOf={(filter) => robotsQuery(namespace, filter)}
          rows={3}
          aside={button}
          empty={
            <EmptyState title="No robots yet" action={button}>
              Make one for each machine that pulls or pushes by itself: a build server, a cluster, a scanner.
            </EmptyState>
          }
        >
          {(robots) => <RobotList namespace={namespace} robots={robots} repositories={repositories} />}
        </SortedList>
      </Panel>
      <CreateRobotDialog opened={creating} onClose={dialog.close} namespace={namespace} repositories={repositories} />
    </>
  );
}
