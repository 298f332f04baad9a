import { UserBrowser } from '../../features/administration/components/user-browser';
import { useUser } from '../../features/session/api/get-session';
import { usePageTitle } from '../../lib/page-title';

export function UsersPage() {
  usePageTitle('Users', 'Administration');
  return <UserBrowser self={useUser()?.username} />;
}
