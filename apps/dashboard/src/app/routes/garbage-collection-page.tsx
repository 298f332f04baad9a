import { CollectionOverview } from '../../features/garbage-collection/components/collection-overview';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function GarbageCollectionPage() {
  usePageTitle('Garbage collection', 'Administration');
  return (
    <>
      <p className={classes.about}>
        What no tag reaches any more leaves the storage by itself, while pushes and pulls go on. This is for looking,
        and for when it has to wait.
      </p>
      <CollectionOverview />
    </>
  );
}
