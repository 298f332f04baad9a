import { useParams } from '@tanstack/react-router';
import { AnchorLink } from '../../components/ui/link';
import { RunView } from '../../features/jobs/components/run-view';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function JobPage() {
  const { namespace, id } = useParams({ from: '/shell/n/$namespace/jobs/$id' });
  usePageTitle('Run', namespace);
  return (
    <div className={classes.stack}>
      <div>
        <AnchorLink to="/n/$namespace/jobs" params={{ namespace }}>
          All jobs of {namespace}
        </AnchorLink>
      </div>
      <RunView namespace={namespace} id={id} />
    </div>
  );
}
