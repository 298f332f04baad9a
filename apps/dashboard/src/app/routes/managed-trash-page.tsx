import { useParams } from '@tanstack/react-router';
import { AnchorLink } from '../../components/ui/link';
import { ManagedTrash } from '../../features/trash/components/managed-trash';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function ManagedTrashPage() {
  const { namespace } = useParams({ from: '/shell/admin/namespaces/$namespace/trash' });
  usePageTitle('Trash', namespace);
  return (
    <>
      <p className={classes.about}>
        <AnchorLink to="/admin/namespaces">← Namespaces</AnchorLink>
      </p>
      <p className={classes.about}>
        What was deleted in <strong>{namespace}</strong>, and comes back or goes for good at your word.
      </p>
      <ManagedTrash key={namespace} namespace={namespace} />
    </>
  );
}
