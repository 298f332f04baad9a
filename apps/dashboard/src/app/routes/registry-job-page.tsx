import { useParams } from '@tanstack/react-router';
import { AnchorLink } from '../../components/ui/link';
import { RunView } from '../../features/jobs/components/run-view';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function RegistryJobPage() {
  const { id } = useParams({ from: '/shell/admin/jobs/$id' });
  usePageTitle('Run', 'Administration');
  return (
    <div className={classes.stack}>
      <div>
        <AnchorLink to="/admin/jobs">All jobs</AnchorLink>
      </div>
      <RunView namespace={null} id={id} />
    </div>
  );
}
