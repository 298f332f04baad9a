import { createRouter } from '@tanstack/react-router';
import { sessionQuery } from '../features/session/api/get-session';
import { parseSearch, stringifySearch } from '../lib/search-params';
import { signInRedirect } from '../lib/sign-in-redirect';
import { createQueryClient } from './query-client';
import { routeTree } from './routes';
import { ErrorPage } from './routes/error-page';
import { NotFoundPage } from './routes/not-found-page';
import { PendingPage } from './routes/pending-page';

export const queryClient = createQueryClient((error) => {
  const next = signInRedirect(error, router.state.location.href);
  if (next === undefined) return;
  queryClient.setQueryData(sessionQuery.queryKey, null);
  void router.navigate({ to: '/sign-in', search: { next } });
});

export const router = createRouter({
  routeTree,
  context: { queryClient },
  parseSearch,
  stringifySearch,
  // Tags and digests are written as people write them.
  pathParamsAllowedCharacters: [':', '@', '+'],
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  defaultPendingComponent: PendingPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
