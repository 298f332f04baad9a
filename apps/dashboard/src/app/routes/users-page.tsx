import { useNavigate } from '@tanstack/react-router';
import { UserBrowser } from '../../features/administration/components/user-browser';
import { useUser } from '../../features/session/api/get-session';
import { usePageTitle } from '../../lib/page-title';

export function UsersPage() {
  usePageTitle('Users', 'Administration');
  const navigate = useNavigate();
  return <UserBrowser self={useUser()?.username} onActing={() => void navigate({ to: '/' })} />;
}
