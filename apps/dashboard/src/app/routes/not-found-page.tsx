import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { EmptyState } from '../../components/ui/empty-state';
import { ButtonLink } from '../../components/ui/link';
import { sessionQuery } from '../../features/session/api/get-session';
import { safeNextPath } from '../../lib/next-path';
import { usePageTitle } from '../../lib/page-title';

/** The same words for what does not exist and for what the visitor may not know of. */
export function NotFoundPage() {
  usePageTitle('Not found');
  const { data: session } = useQuery(sessionQuery);
  const next = safeNextPath(useLocation().href);
  return (
    <EmptyState
      title="Nothing is stowed here"
      heading="h1"
      action={
        <>
          {session === null ? (
            <ButtonLink to="/sign-in" search={next ? { next } : {}}>
              Sign in
            </ButtonLink>
          ) : null}
          <ButtonLink to="/" variant={session === null ? 'default' : 'filled'}>
            Go to your namespaces
          </ButtonLink>
        </>
      }
    >
      This page does not exist, or it is private
      {session === null ? ' and you need to sign in to see it' : ' and you have no access to it'}.
    </EmptyState>
  );
}
