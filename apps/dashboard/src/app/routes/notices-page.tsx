import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../components/ui/error-state';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { Panel } from '../../components/ui/panel';
import { settingsQuery } from '../../features/administration/api/sign-up';
import { NoticesForm } from '../../features/administration/components/notices-form';
import { usePageTitle } from '../../lib/page-title';

export function NoticesPage() {
  usePageTitle('Notices', 'Administration');
  const settings = useQuery(settingsQuery);
  return (
    <Panel title="What everybody is told">
      {settings.isPending ? (
        <ListSkeleton rows={6} />
      ) : settings.isError && !settings.data ? (
        <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
      ) : (
        <NoticesForm settings={settings.data} />
      )}
    </Panel>
  );
}
