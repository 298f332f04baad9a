import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { PageHeader } from '../../components/layout/page-header';
import { EmptyState } from '../../components/ui/empty-state';
import { ButtonLink } from '../../components/ui/link';
import { Panel } from '../../components/ui/panel';
import { SortedList } from '../../components/ui/sorted-list';
import { accessTokensQuery } from '../../features/access-tokens/api/access-tokens';
import { TokenList } from '../../features/access-tokens/components/token-list';
import { itemsOf } from '../../lib/api/keyset-query';
import { usePageTitle } from '../../lib/page-title';

const SORTS = [
  { value: '-createdAt', label: 'Newest first' },
  { value: 'createdAt', label: 'Oldest first' },
  { value: 'name', label: 'By name, A–Z' },
  { value: '-name', label: 'By name, Z–A' },
  { value: '-lastUsedAt', label: 'Last used first' },
  { value: 'lastUsedAt', label: 'Longest not used first' },
] as const;

export function AccessTokensPage() {
  usePageTitle('Access tokens');
  // Without a filter, so that the button stays where it is while somebody types one.
  const query = useInfiniteQuery(accessTokensQuery());
  const tokens = itemsOf(query.data);
  const button = (
    <ButtonLink to="/access-tokens/new" leftSection={<IconPlus size={16} />}>
      New access token
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        title="Access tokens"
        lead="What docker, podman and CI sign in with. A token can do at most what you may do, and can be revoked at any time."
        actions={tokens.length > 0 ? button : null}
      />
      <Panel flush>
        <SortedList
          what="access token"
          label="Filter access tokens"
          sorts={SORTS}
          queryOf={accessTokensQuery}
          rows={4}
          empty={
            <EmptyState title="No access tokens yet" action={button}>
              Create one for each machine, so that you can take back one without touching the others.
            </EmptyState>
          }
        >
          {(tokens) => <TokenList tokens={tokens} />}
        </SortedList>
      </Panel>
    </>
  );
}
