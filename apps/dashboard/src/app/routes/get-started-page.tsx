import { useParams } from '@tanstack/react-router';
import { useUser } from '../../features/session/api/get-session';
import { usePageTitle } from '../../lib/page-title';
import { FirstPush } from '../first-push/first-push';

export function GetStartedPage() {
  const { namespace } = useParams({ from: '/shell/n/$namespace' });
  usePageTitle('Get started', namespace);
  const user = useUser();
  return user ? <FirstPush key={namespace} namespace={namespace} username={user.username} /> : null;
}
