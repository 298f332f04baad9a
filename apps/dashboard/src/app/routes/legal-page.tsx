import type { LegalNotice, PublicLegal } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { PageHeader } from '../../components/layout/page-header';
import { ErrorState } from '../../components/ui/error-state';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { Panel } from '../../components/ui/panel';
import { legalQuery } from '../../features/legal/api/legal';
import { NoticeText } from '../../features/legal/components/notice-text';
import { usePageTitle } from '../../lib/page-title';
import { NotFoundPage } from './not-found-page';

const TITLES = { terms: 'Terms of service', privacy: 'Privacy notice' } as const;

type DocumentName = keyof typeof TITLES;

const isDocument = (name: string): name is DocumentName => Object.hasOwn(TITLES, name);

/** A text of the operator that is kept here. One that is kept elsewhere has no page. */
export function LegalPage() {
  const { document: name } = useParams({ from: '/shell/legal/$document' });
  return isDocument(name) ? <LegalText name={name} /> : <NotFoundPage />;
}

function LegalText({ name }: { readonly name: DocumentName }) {
  usePageTitle(TITLES[name]);
  const query = useQuery(legalQuery);
  if (!query.data) {
    return (
      <Panel title={TITLES[name]}>
        {query.isPending ? (
          <ListSkeleton rows={5} />
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Panel>
    );
  }
  const { notice, version } = noticeOf(query.data, name);
  if (notice?.kind !== 'text') return <NotFoundPage />;
  return (
    <>
      <PageHeader title={TITLES[name]} lead={version && `Version ${version}`} />
      <Panel>
        <NoticeText text={notice.text} />
      </Panel>
    </>
  );
}

function noticeOf({ terms, privacy }: PublicLegal, name: DocumentName): NamedNotice {
  return name === 'terms' ? { notice: terms?.notice, version: terms?.version } : { notice: privacy };
}

interface NamedNotice {
  readonly notice: LegalNotice | null | undefined;
  readonly version?: string | undefined;
}
