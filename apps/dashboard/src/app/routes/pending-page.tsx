import { ListSkeleton } from '../../components/ui/list-skeleton';

export function PendingPage() {
  return <ListSkeleton rows={6} />;
}
