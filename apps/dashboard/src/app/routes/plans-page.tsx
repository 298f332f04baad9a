import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../components/ui/error-state';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { Panel } from '../../components/ui/panel';
import { plansQuery } from '../../features/administration/api/plans';
import { NewPlanButton } from '../../features/administration/components/new-plan-button';
import { PlanList } from '../../features/administration/components/plan-list';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function PlansPage() {
  usePageTitle('Plans', 'Administration');
  const query = useQuery(plansQuery);
  return (
    <>
      <p className={classes.about}>
        A plan is a named set of limits. Every namespace is on one, and may have limits of its own besides. Whoever has
        reached a limit can add nothing more; pulls and deletions go on.
      </p>
      <Panel flush title="Plans" aside={<NewPlanButton />}>
        {query.isPending ? (
          <ListSkeleton rows={2} />
        ) : query.isError && !query.data ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <PlanList plans={query.data} />
        )}
      </Panel>
    </>
  );
}
