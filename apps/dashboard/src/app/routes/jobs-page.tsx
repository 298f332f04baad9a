import { useParams } from '@tanstack/react-router';
import { RunBrowser } from '../../features/jobs/components/run-browser';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function JobsPage() {
  const { namespace } = useParams({ from: '/shell/n/$namespace' });
  usePageTitle('Jobs', namespace);
  return (
    <>
      <p className={classes.about}>
        Work of this namespace that takes longer than a click. It goes on when you leave, and can be stopped between two
        steps.
      </p>
      <RunBrowser namespace={namespace} />
    </>
  );
}
