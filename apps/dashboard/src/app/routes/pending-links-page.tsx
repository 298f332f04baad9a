import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../components/ui/empty-state';
import { KeysetList } from '../../components/ui/keyset-list';
import { Panel } from '../../components/ui/panel';
import { pendingLinksQuery } from '../../features/administration/api/pending-links';
import { PendingLinkList } from '../../features/administration/components/pending-link-list';
import { serverInfoQuery } from '../../lib/api/server-info';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function PendingLinksPage() {
  usePageTitle('Pending links', 'Administration');
  const sendsMail = useQuery(serverInfoQuery).data?.sendsMail ?? true;
  const query = useInfiniteQuery(pendingLinksQuery);
  return (
    <>
      <p className={classes.about}>
        {sendsMail
          ? 'Links in letters that have not reached the mail server. Each goes from here when its letter is sent, or when its time is over.'
          : 'This registry sends no mail, so links wait here for you to hand them over. Set STOWAGE_SMTP_URL and STOWAGE_MAIL_FROM to have them sent.'}{' '}
        Who has a link can use it: give it to nobody else. The audit log keeps who looked at which.
      </p>
      <Panel flush title="Pending links">
        <KeysetList
          query={query}
          rows={4}
          empty={
            <EmptyState title="No link is waiting">
              Links of sign-ups, invitations and lost passwords are here until they are sent, used or over.
            </EmptyState>
          }
        >
          {(links) => <PendingLinkList links={links} />}
        </KeysetList>
      </Panel>
    </>
  );
}
